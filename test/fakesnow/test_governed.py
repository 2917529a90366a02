"""What the stand-in lets a role do and see. Run by the integration suite: python -m unittest."""
import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import governed as hook  # noqa: E402
from governed_account import Account, Refused  # noqa: E402
from hooks import Who  # noqa: E402

TABLE = (
    'CREATE TABLE "D"."GOLD"."T" ("A" VARCHAR WITH MASKING POLICY "D"."OPS"."M" WITH TAG ("D"."OPS"."C" = \'pii\'), '
    '"B" NUMBER(12,2) WITH TAG ("D"."OPS"."C" = \'internal\'), "N" VARCHAR COMMENT \'WITH TAG\') '
    'WITH ROW ACCESS POLICY "D"."OPS"."R" ON ("B")'
)
ACCOUNT = [
    "CREATE DATABASE D",
    'CREATE WAREHOUSE "W"',
    'CREATE SCHEMA "D"."OPS"',
    'CREATE SCHEMA "D"."GOLD"',
    "CREATE ROLE READER",
    "CREATE ROLE FREE",
    'CREATE TAG IF NOT EXISTS "D"."OPS"."C"',
    'CREATE MASKING POLICY IF NOT EXISTS "D"."OPS"."M" AS ("V" VARCHAR) RETURNS VARCHAR -> '
    "case when is_role_in_session('FREE') then \"V\" end COMMENT = 'm'",
    'CREATE MASKING POLICY IF NOT EXISTS "D"."OPS"."DENY" AS ("V" VARCHAR) RETURNS VARCHAR -> '
    "case when SYSTEM$GET_TAG_ON_CURRENT_COLUMN('D.OPS.C') = 'internal' then \"V\" end",
    'CREATE ROW ACCESS POLICY IF NOT EXISTS "D"."OPS"."R" AS ("N" NUMBER) RETURNS BOOLEAN -> "N" > 1',
    'EXECUTE IMMEDIATE $$ALTER TAG "D"."OPS"."C" SET MASKING POLICY "D"."OPS"."DENY" FORCE$$',
    "ALTER SCHEMA \"D\".\"GOLD\" SET TAG \"D\".\"OPS\".\"C\" = 'unclassified'",
    'GRANT USAGE ON DATABASE "D" TO ROLE "READER"',
    'GRANT USAGE ON SCHEMA "D"."GOLD" TO ROLE "READER"',
    'GRANT USAGE ON WAREHOUSE "W" TO ROLE "READER"',
]


class Governed(unittest.TestCase):
    def setUp(self):
        hook.ACCOUNT = Account()
        self.admin = Who("ADMIN", None, "W")
        for sql in ACCOUNT:
            hook.governed(sql, self.admin)
        self.made = hook.governed(TABLE, self.admin)
        self.reader = Who("SOMEBODY", "READER", "W")

    def run_as(self, who, sql):
        return hook.governed(sql, who)

    def admin_runs(self, sql):
        return self.run_as(self.admin, sql)

    def refused(self, who, sql):
        with self.assertRaises(Refused) as caught:
            self.run_as(who, sql)
        return caught.exception.code

    def test_a_table_is_made_without_what_protects_it(self):
        self.assertEqual(
            self.made, 'create table if not exists "D"."GOLD"."T" ("A" VARCHAR, "B" NUMBER(12,2), "N" VARCHAR)'
        )

    def test_a_table_is_read_by_who_was_granted_it_and_through_its_policies(self):
        select = 'SELECT "A" FROM "D"."GOLD"."T"'
        self.assertEqual(self.refused(self.reader, select), "002003")
        self.admin_runs('GRANT SELECT ON TABLE "D"."GOLD"."T" TO ROLE "READER"')
        seen = self.run_as(self.reader, select)
        self.assertIn("case when ('FREE' IN ('READER')) then of_row.\"A\" end", seen)
        self.assertIn('of_row."B" AS "B"', seen)
        # Nobody classified it, so it has the class of its schema.
        self.assertIn("case when 'unclassified' = 'internal' then of_row.\"N\" end", seen)
        self.assertIn('WHERE of_row."B" > 1', seen)

    def test_a_session_has_the_roles_of_its_user_unless_it_is_told_not_to(self):
        self.admin_runs('GRANT SELECT ON TABLE "D"."GOLD"."T" TO ROLE "READER"')
        self.admin_runs('GRANT ROLE "FREE" TO USER "SOMEBODY"')
        self.assertIn("'FREE' IN ('FREE', 'READER')", self.run_as(self.reader, 'SELECT 1 FROM "D"."GOLD"."T"'))
        self.run_as(self.reader, "USE SECONDARY ROLES NONE")
        self.assertIn("'FREE' IN ('READER')", self.run_as(self.reader, 'SELECT 1 FROM "D"."GOLD"."T"'))

    def test_a_role_is_taken_by_who_was_granted_it(self):
        self.assertEqual(self.refused(self.reader, 'USE ROLE "FREE"'), "003013")
        self.admin_runs('GRANT ROLE "FREE" TO USER "SOMEBODY"')
        self.run_as(self.reader, 'USE ROLE "FREE"')
        self.assertEqual(self.reader.role, "FREE")
        self.run_as(self.reader, "USE SECONDARY ROLES NONE")
        self.assertEqual(self.refused(self.reader, 'USE WAREHOUSE "W"'), "002003")
        self.assertEqual(self.refused(self.reader, 'DROP SCHEMA IF EXISTS "D"."GOLD" CASCADE'), "003001")

    def test_a_view_shows_what_its_table_shows_to_who_asks(self):
        self.admin_runs('CREATE SECURE VIEW "D"."GOLD"."V" ("A", "B") AS SELECT "A", "B" FROM "D"."GOLD"."T"')
        self.admin_runs('GRANT SELECT ON VIEW "D"."GOLD"."V" TO ROLE "READER"')
        self.assertIn("'FREE' IN ('READER')", self.run_as(self.reader, 'SELECT "A" FROM "D"."GOLD"."V"'))
        self.assertEqual(self.refused(self.reader, 'SELECT "A" FROM "D"."GOLD"."T"'), "002003")

    def test_constraints_hold_for_whom_they_do_not_free(self):
        for kind, name in [("PROJECTION", "P"), ("AGGREGATION", "G")]:
            self.admin_runs(
                f'CREATE {kind} POLICY IF NOT EXISTS "D"."OPS"."{name}" AS () RETURNS {kind}_CONSTRAINT -> '
                "case when is_role_in_session('FREE') then free() else held() end"
            )
        self.admin_runs(
            'CREATE TABLE "D"."GOLD"."U" ("A" VARCHAR WITH PROJECTION POLICY "D"."OPS"."P", "B" NUMBER)'
        )
        self.admin_runs('CREATE TABLE "D"."GOLD"."X" ("A" VARCHAR) WITH AGGREGATION POLICY "D"."OPS"."G"')
        for table in "UX":
            self.admin_runs(f'GRANT SELECT ON TABLE "D"."GOLD"."{table}" TO ROLE "READER"')
        self.run_as(self.reader, 'SELECT "B" FROM "D"."GOLD"."U"')
        self.assertEqual(self.refused(self.reader, 'SELECT "A" FROM "D"."GOLD"."U"'), "003602")
        self.assertEqual(self.refused(self.reader, 'SELECT "A" FROM "D"."GOLD"."X"'), "003601")
        self.admin_runs('GRANT ROLE "FREE" TO USER "SOMEBODY"')
        self.run_as(self.reader, 'SELECT "A" FROM "D"."GOLD"."X"')

    def test_a_schema_is_not_dropped_whose_policies_are_attached_elsewhere(self):
        self.assertEqual(self.refused(self.admin, 'DROP SCHEMA IF EXISTS "D"."OPS" CASCADE'), "003545")
        self.admin_runs('DROP SCHEMA IF EXISTS "D"."GOLD" CASCADE')
        self.admin_runs('DROP SCHEMA IF EXISTS "D"."OPS" CASCADE')
        self.assertEqual(hook.ACCOUNT.policies, {})

    def test_show_tells_what_is_there(self):
        self.assertIn("'GOLD' as \"name\"", self.admin_runs("SHOW SCHEMAS LIKE 'GO%' IN DATABASE D"))
        self.assertTrue(self.admin_runs("SHOW SCHEMAS LIKE 'G\\\\_%' IN DATABASE D").endswith("where false"))
        self.assertIn("'READER' as \"grantee_name\"", self.admin_runs('SHOW GRANTS ON DATABASE "D"'))


if __name__ == "__main__":
    unittest.main()
