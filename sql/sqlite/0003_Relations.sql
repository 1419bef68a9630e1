-- Relations of documents, and the lists by body.
-- Twin: sql/sqlserver/0003_Relations.sql.

-- the statuses of the documents of a body, in the order in which they came
CREATE INDEX IX_Document_IssuingBody ON Document (IssuingBodyId, CreatedAt, Id);

-- What a document says of other papers: amends, repeals, replaces, …. Declared with the draft; appended, and a row that supersedes another drops or changes it.
-- What it does to the other document is a fact of that one.
CREATE TABLE DocumentRelation (
  Id TEXT NOT NULL CONSTRAINT PK_DocumentRelation PRIMARY KEY,
  DocumentId TEXT NOT NULL CONSTRAINT FK_DocumentRelation_Document REFERENCES Document (Id),
  Kind TEXT NOT NULL,
  -- declared or dropped
  State TEXT NOT NULL,
  -- a document of the register, or title and number of a paper outside of it
  TargetId TEXT NULL CONSTRAINT FK_DocumentRelation_Target REFERENCES Document (Id),
  Title TEXT NULL,
  Number TEXT NULL,
  -- the articles of the other paper; the whole of it where there are none
  Articles TEXT NULL,
  -- from which day; from the entry into force where there is none
  EffectOn TEXT NULL,
  DeclaredBy TEXT NOT NULL,
  DeclaredAt TEXT NOT NULL,
  SupersedesId TEXT NULL CONSTRAINT FK_DocumentRelation_Supersedes REFERENCES DocumentRelation (Id),
  ProcessId TEXT NOT NULL
) STRICT;
-- what a document says
CREATE INDEX IX_DocumentRelation_Document ON DocumentRelation (DocumentId);
-- what others say of it
CREATE INDEX IX_DocumentRelation_Target ON DocumentRelation (TargetId) WHERE TargetId IS NOT NULL;
CREATE UNIQUE INDEX UX_DocumentRelation_Supersedes ON DocumentRelation (SupersedesId) WHERE SupersedesId IS NOT NULL;
CREATE TRIGGER TR_DocumentRelation_NoUpdate BEFORE UPDATE ON DocumentRelation BEGIN SELECT RAISE(ABORT, 'DocumentRelation is append-only'); END;
CREATE TRIGGER TR_DocumentRelation_NoDelete BEFORE DELETE ON DocumentRelation BEGIN SELECT RAISE(ABORT, 'DocumentRelation is append-only'); END;

-- who cites a document as a basis: by its number
CREATE INDEX IX_Citation_Number ON Citation (Number, Relation) WHERE Number IS NOT NULL;
