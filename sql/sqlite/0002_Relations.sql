-- Relations of documents, and the lists by body.
-- Twin: sql/sqlserver/0002_Relations.sql.

-- the statuses of the documents of a body, in the order in which they came
CREATE INDEX IX_Document_IssuingBody ON Document (IssuingBodyId, CreatedAt, Id);
