using Filing.Domain;
using Filing.Features.Cases;
using Filing.Pipeline;
using MediatR;

namespace Filing.Features.Drafting;

/// <summary>One material of a document: under which name and digest its file lies in the store.</summary>
/// <param name="DocumentId">The document.</param>
/// <param name="MaterialId">The material.</param>
[Needs(Function.ReadDocuments)]
public sealed record ReadDocumentMaterial(Guid DocumentId, Guid MaterialId) : IQuery<MaterialLine>, IForDocument;

internal sealed class ReadDocumentMaterialHandler(Work work) : IRequestHandler<ReadDocumentMaterial, Result<MaterialLine>>
{
    public async Task<Result<MaterialLine>> Handle(ReadDocumentMaterial query, CancellationToken cancellationToken) =>
        await work.Db.QuerySingleOrDefaultAsync<MaterialLine>(
            """
            -- Drafting/ReadDocumentMaterial: one material
            SELECT Id, Kind, FileName, Size, Sha256, AddedBy, AddedAt FROM Material WHERE Id = @MaterialId AND DocumentId = @DocumentId
            """,
            new { query.MaterialId, query.DocumentId }) is { } material ? material : Error.NotFound("材料");
}
