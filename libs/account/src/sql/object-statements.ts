import {
  signatureOf,
  type Attachment,
  type Procedure,
  type Setting,
  type Task,
} from '../account-objects';
import { identifier, literal, quoted } from './sql-text';

/** `A = x B = y`; of triggers, which come last, without the sign. */
export function propertiesText(properties: Setting['properties']): string {
  return Object.entries(properties)
    .map(([name, value]) => (name === 'TRIGGERS' ? `${name} ${value}` : `${name} = ${value}`))
    .join(' ');
}

export function createSetting({ kind, name, fixed, properties }: Setting): string {
  const clauses = [fixed, propertiesText(properties)].filter((clause) => clause !== '').join(' ');
  const opens = kind === 'RESOURCE MONITOR' ? 'WITH ' : '';
  return `CREATE ${kind} IF NOT EXISTS ${quoted(name)} ${opens}${clauses}`;
}

export function setProperties({ kind, name }: Setting, properties: Setting['properties']): string {
  return `ALTER ${kind} ${quoted(name)} SET ${propertiesText(properties)}`;
}

/** FORCE puts a policy in the place of another one, without a moment in which there is none. */
export function attachPolicy({ kind, policy, to, whom }: Attachment): string {
  const holder = to === '' ? 'ACCOUNT' : `USER ${quoted(to)}`;
  if (kind === 'NETWORK POLICY') return `ALTER ${holder} SET NETWORK_POLICY = ${quoted(policy)}`;
  const users = whom === undefined ? '' : ` FOR ALL ${whom} USERS`;
  return `ALTER ${holder} SET ${kind} ${quoted(policy)}${users} FORCE`;
}

export function detachPolicy({ kind, to, whom }: Attachment): string {
  const holder = to === '' ? 'ACCOUNT' : `USER ${quoted(to)}`;
  const users = whom === undefined ? '' : ` FOR ALL ${whom} USERS`;
  return `ALTER ${holder} UNSET ${kind === 'NETWORK POLICY' ? 'NETWORK_POLICY' : kind}${users}`;
}

/** Replaced with the grants that it has. */
export function makeProcedure({ name, parameters, body }: Procedure): string {
  const given = parameters.map((parameter) => `${identifier(parameter.name)} ${parameter.type}`).join(', ');
  return `CREATE OR REPLACE PROCEDURE ${quoted(name)}(${given}) COPY GRANTS RETURNS VARCHAR LANGUAGE SQL EXECUTE AS OWNER AS $$${body}$$`;
}

export function dropProcedure(procedure: Procedure): string {
  const types = signatureOf(procedure).slice(procedure.name.length);
  return `DROP PROCEDURE ${quoted(procedure.name)}${types}`;
}

/** Makes it, or sets one that is there: a task that runs cannot be changed. */
export function makeTask({ name, schedule, definition }: Task): readonly string[] {
  const task = quoted(name);
  const [paced, body] = [`SCHEDULE = ${literal(schedule)}`, `AS ${definition}`];
  return [
    `CREATE TASK IF NOT EXISTS ${task} USER_TASK_MANAGED_INITIAL_WAREHOUSE_SIZE = 'XSMALL' ${paced} ${body}`,
    `ALTER TASK ${task} SUSPEND`,
    `ALTER TASK ${task} SET ${paced}`,
    `ALTER TASK ${task} MODIFY ${body}`,
    `ALTER TASK ${task} RESUME`,
  ];
}
