export * from './bind-sql';
export * from './check-statement';
export * from './report';
export { reports, type ReportId } from './reports';
export { createTableSql, type Column, type RowOf, type SqlType, type Table } from './table';
export * from './tables';
