"""What is taken off a statement, and what is left of it. Run by the integration suite: python -m unittest."""
import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import stand_ins  # noqa: E402
from stand_ins import stand_in  # noqa: E402

COLUMNS = """
    "A" VARCHAR NOT NULL WITH MASKING POLICY "D"."OPS"."MASK_A" USING ("A", "B") WITH TAG ("D"."OPS"."T" = 'x, (y)',
        "D"."OPS"."U" = 'z') COMMENT 'It''s WITH TAG (no tag), WITH MASKING POLICY none',
    -- WITH TAG (a comment)
    "WITH" NUMBER(12,2) COMMENT 'the last one'
"""


def words(sql):
    return " ".join(sql.split())


class StandIns(unittest.TestCase):
    def setUp(self):
        stand_ins.TASKS.clear()
        stand_ins.DYNAMIC_TABLES.clear()

    def test_a_table_loses_what_protects_it_and_nothing_else(self):
        sql = f'create table if not exists "D"."S"."T" ({COLUMNS}) CHANGE_TRACKING = TRUE WITH TAG (a = \'b\')'
        self.assertEqual(
            words(stand_in(sql)),
            'create table if not exists "D"."S"."T" ( "A" VARCHAR NOT NULL, -- WITH TAG (a comment) "WITH" NUMBER(12,2) )'.replace(
                "( ", "("
            ).replace(" )", ")"),
        )

    def test_a_gained_column_loses_its_policy(self):
        sql = 'alter table "D"."S"."T" add column "C" VARCHAR WITH MASKING POLICY "D"."OPS"."M" COMMENT \'c\''
        self.assertEqual(stand_in(sql), 'alter table "D"."S"."T" add column "C" VARCHAR')

    def test_a_policy_for_a_column_that_is_there_does_nothing(self):
        sql = 'alter table "D"."S"."T" modify column "C" set'
        self.assertEqual(stand_in(f'{sql} MASKING POLICY "D"."OPS"."M" FORCE'), stand_ins.NOTHING)
        self.assertEqual(stand_in(f'{sql} TAG "D"."OPS"."T" = \'x\''), stand_ins.NOTHING)
        self.assertEqual(stand_in(f"{sql} not null"), f"{sql} not null")

    def test_other_statements_are_left_as_they_are(self):
        for sql in ["select 'create task' as a", 'alter table "T" rename to "U"', "merge into t using s on true"]:
            self.assertEqual(stand_in(sql), sql)

    def test_a_stream_is_a_view_of_its_table(self):
        sql = 'create stream if not exists "D"."S"."X" on table "D"."B"."T" append_only = true'
        self.assertEqual(stand_in(sql), 'create or replace view "D"."S"."X" as select * from "D"."B"."T"')

    def test_a_table_at_a_position_of_a_stream_is_the_table(self):
        sql = "select a, 'at(stream => x)' as b from D.B.T at(stream => 'D.S.X') where c = at and d in (select 1)"
        self.assertEqual(stand_in(sql), sql.replace(" at(stream => 'D.S.X')", ""))

    def test_a_task_runs_its_statement_when_it_is_resumed_and_not_before(self):
        task = '"D"."S"."X"'
        create = f"create or alter task {task} COMMENT = 'fills' when system$stream_has_data('D.S.Y') as merge into t"
        self.assertNotIn("merge", stand_in(create))
        self.assertIn("'suspended'", stand_in("show tasks like 'X' in schema \"D\".\"S\""))
        self.assertEqual(stand_in(f"alter task {task} resume"), "merge into t")
        self.assertIn("'started'", stand_in("show tasks like 'X' in schema \"D\".\"S\""))
        self.assertNotIn("merge", stand_in(f"alter task {task} suspend"))

    def test_a_dynamic_table_is_a_table_of_its_query(self):
        options = "TARGET_LAG = '300 seconds' COMMENT = 'one (definition 1)' FROZEN WHERE (\"A\" < 1)"
        create = f'create or replace dynamic table "D"."S"."T" ({COLUMNS}) {options}'
        self.assertEqual(
            stand_in(f"{create} as with q as (select 1) select * from q"),
            'create or replace table "D"."S"."T" as with q as (select 1) select * from q',
        )
        self.assertIn("'300 seconds'", stand_in("show dynamic tables like 'T' in schema \"D\".\"S\""))
        with_kept = stand_in(f'{create} BACKFILL FROM "D"."S"."K" as select 1')
        self.assertIn('union all select * from "D"."S"."K" where ("A" < 1)', with_kept)

    def test_rows_that_are_overwritten_are_gone(self):
        self.assertEqual(
            stand_in('insert overwrite into "D"."S"."T" ("A") select 1 union all select 2'),
            'create or replace table "D"."S"."T" as select * from (select 1 union all select 2)',
        )

    def test_show_finds_the_objects_of_one_schema(self):
        self.assertTrue(stand_in('show tasks like \'X\' in schema "D"."S"').endswith("where false"))

    def test_a_secure_view_is_a_view(self):
        sql = "create or replace secure view \"D\".\"S\".\"V\" (\"A\" WITH TAG (t = 'as')) COPY GRANTS COMMENT = 'as' as select 1"
        self.assertEqual(stand_in(sql), 'create or replace view "D"."S"."V" as select 1')


if __name__ == "__main__":
    unittest.main()
