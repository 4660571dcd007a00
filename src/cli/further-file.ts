/** Files for other tools: requests as an audit log, Events as kubectl prints them, tables as Parquet. */
export type FurtherFile = 'audit' | 'events' | 'parquet';

export const FURTHER_FILES: readonly FurtherFile[] = ['audit', 'events', 'parquet'];
