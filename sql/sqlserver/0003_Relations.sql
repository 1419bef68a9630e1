-- Relations of documents, and the lists by body.
-- Twin: sql/sqlite/0003_Relations.sql.

-- the statuses of the documents of a body, in the order in which they came
CREATE INDEX IX_Document_IssuingBody ON Document (IssuingBodyId, CreatedAt, Id);

-- What a document says of other papers: amends, repeals, replaces, …. Declared with the draft; appended, and a row that supersedes another drops or changes it.
-- What it does to the other document is a fact of that one.
CREATE TABLE DocumentRelation (
  Id binary(16) NOT NULL CONSTRAINT PK_DocumentRelation PRIMARY KEY,
  DocumentId binary(16) NOT NULL CONSTRAINT FK_DocumentRelation_Document REFERENCES Document (Id),
  Kind nvarchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
  -- declared or dropped
  State nvarchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
  -- a document of the register, or title and number of a paper outside of it
  TargetId binary(16) NULL CONSTRAINT FK_DocumentRelation_Target REFERENCES Document (Id),
  Title nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
  Number nvarchar(200) COLLATE Latin1_General_100_BIN2 NULL,
  -- the articles of the other paper; the whole of it where there are none
  Articles nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
  -- from which day; from the entry into force where there is none
  EffectOn date NULL,
  DeclaredBy nvarchar(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
  DeclaredAt datetimeoffset(3) NOT NULL,
  SupersedesId binary(16) NULL CONSTRAINT FK_DocumentRelation_Supersedes REFERENCES DocumentRelation (Id),
  ProcessId binary(16) NOT NULL
);
-- what a document says
CREATE INDEX IX_DocumentRelation_Document ON DocumentRelation (DocumentId);
-- what others say of it
CREATE INDEX IX_DocumentRelation_Target ON DocumentRelation (TargetId) WHERE TargetId IS NOT NULL;
CREATE UNIQUE INDEX UX_DocumentRelation_Supersedes ON DocumentRelation (SupersedesId) WHERE SupersedesId IS NOT NULL;
GO
CREATE TRIGGER TR_DocumentRelation_NoUpdate ON DocumentRelation INSTEAD OF UPDATE AS IF EXISTS (SELECT 1 FROM deleted) THROW 50001, 'DocumentRelation is append-only', 1;
GO
CREATE TRIGGER TR_DocumentRelation_NoDelete ON DocumentRelation INSTEAD OF DELETE AS IF EXISTS (SELECT 1 FROM deleted) THROW 50001, 'DocumentRelation is append-only', 1;
GO

-- who cites a document as a basis: by its number
CREATE INDEX IX_Citation_Number ON Citation (Number, Relation) WHERE Number IS NOT NULL;
