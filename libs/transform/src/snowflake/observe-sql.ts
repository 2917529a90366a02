/**
 * Columns and functions as Snowflake documents them under INFORMATION_SCHEMA; texts of errors are left there, since
 * they may quote rows. Histories are those of a day: more runs than RESULT_LIMIT in it are not counted.
 */
export function taskHistory(database: string): string {
  return `select SCHEMA_NAME, NAME, STATE, ERROR_CODE, QUERY_START_TIME,
  datediff('millisecond', QUERY_START_TIME, COMPLETED_TIME) / 1000 as SECONDS
from table(${schemaOf(database)}.TASK_HISTORY(
  SCHEDULED_TIME_RANGE_START => dateadd('day', -1, current_timestamp()), RESULT_LIMIT => 10000))
where DATABASE_NAME = ? and QUERY_ID is not null
order by QUERY_START_TIME desc`;
}

export function dynamicTables(database: string): string {
  return `select SCHEMA_NAME, NAME, SCHEDULING_STATE, TARGET_LAG_SEC,
  datediff('second', LATEST_DATA_TIMESTAMP, current_timestamp()) as LAG_SECONDS
from table(${schemaOf(database)}.DYNAMIC_TABLES(RESULT_LIMIT => 10000))
where DATABASE_NAME = ?
order by SCHEMA_NAME, NAME`;
}

export function refreshHistory(database: string): string {
  return `select SCHEMA_NAME, NAME, STATE, REFRESH_ACTION, REFRESH_START_TIME, STATISTICS
from table(${schemaOf(database)}.DYNAMIC_TABLE_REFRESH_HISTORY(
  DATA_TIMESTAMP_START => dateadd('day', -1, current_timestamp()), RESULT_LIMIT => 10000))
where DATABASE_NAME = ? and REFRESH_START_TIME is not null
order by REFRESH_START_TIME desc`;
}

function schemaOf(database: string): string {
  return `"${database.replaceAll('"', '""')}".INFORMATION_SCHEMA`;
}
