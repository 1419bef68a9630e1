using Filing.Data;
using Filing.Domain;
using Filing.Pipeline;
using FluentValidation;
using MediatR;

namespace Filing.Features.Drafting;

/// <summary>What a material is.</summary>
public enum MaterialKind
{
    /// <summary>送审稿、正文原件.</summary>
    Text,

    /// <summary>起草说明.</summary>
    Explanation,

    /// <summary>制定依据.</summary>
    Basis,

    /// <summary>征求意见材料.</summary>
    Consultation,

    /// <summary>起草单位法制审核意见.</summary>
    DepartmentOpinion,

    /// <summary>合法性审查意见书.</summary>
    LegalityOpinion,

    /// <summary>公平竞争审查结论.</summary>
    FairCompetition,

    /// <summary>会议纪要、讨论记录.</summary>
    Minutes,

    /// <summary>公布的证明.</summary>
    ProofOfPublication,

    /// <summary>备案报告.</summary>
    FilingReport,

    /// <summary>调研论证报告.</summary>
    Research,

    /// <summary>解读.</summary>
    Interpretation,

    /// <summary>正式文本.</summary>
    OfficialText,

    /// <summary>评估报告.</summary>
    Evaluation,

    /// <summary>其他.</summary>
    Other,
}

/// <summary>
/// 上传材料: ties a stored file to a document. The file is on disk, under its digest, before this is sent.
/// </summary>
/// <param name="DocumentId">The document.</param>
/// <param name="Kind">What the file is.</param>
/// <param name="FileName">The name it had.</param>
/// <param name="MediaType">Its type by content.</param>
/// <param name="Size">In bytes.</param>
/// <param name="Sha256">Its digest, 64 hex digits.</param>
/// <param name="DeclaredNotSecret">The uploader declares that it holds no secret (不涉密).</param>
[Verb("add-material", "上传材料")]
[Needs(Function.ReadDocuments)]
public sealed record AddMaterial(Guid DocumentId, MaterialKind Kind, string FileName, string MediaType, long Size, string Sha256, bool DeclaredNotSecret)
    : ICommand<Guid>, IForDocument;

/// <summary>A stored file, as a command refers to it.</summary>
/// <param name="FileName">The name it had.</param>
/// <param name="MediaType">Its type by content.</param>
/// <param name="Size">In bytes.</param>
/// <param name="Sha256">Its digest, 64 hex digits.</param>
public sealed record MaterialFile(string FileName, string MediaType, long Size, string Sha256);

internal sealed class AddMaterialValidator : AbstractValidator<AddMaterial>
{
    public AddMaterialValidator()
    {
        RuleFor(c => c.DeclaredNotSecret).Equal(true).WithErrorCode("material.secret-not-declared").WithMessage("请确认所上传的文件不涉密。涉密文件不得进入本系统。");
        RuleFor(c => c.FileName).NotEmpty().WithMessage("文件没有名称。").MaximumLength(200).WithMessage("文件名不能超过 200 字。");
        RuleFor(c => c.Sha256).Matches("^[0-9a-f]{64}$").WithMessage("文件摘要应为 64 位十六进制。");
        RuleFor(c => c.Size).GreaterThan(0).WithErrorCode("material.empty").WithMessage("文件是空的。");
    }
}

internal sealed class AddMaterialHandler(Work work, MaterialStore store) : IRequestHandler<AddMaterial, Result<Guid>>
{
    public Task<Result<Guid>> Handle(AddMaterial command, CancellationToken cancellationToken) =>
        Materials.AddAsync(work, store, command.DocumentId, command.Kind, new(command.FileName, command.MediaType, command.Size, command.Sha256));
}

/// <summary>The files of a document.</summary>
internal static class Materials
{
    /// <summary>Whether a document has a material of a kind.</summary>
    public static async Task<bool> AnyAsync(Work work, Guid documentId, MaterialKind kind) => await work.Db.ScalarAsync<int>(
        """
        -- Drafting/AddMaterial: materials of a kind
        SELECT COUNT(*) FROM Material WHERE DocumentId = @documentId AND Kind = @kind
        """,
        new { documentId, kind = Kebab.Of(kind) }) > 0;

    /// <summary>Ties a stored file, declared to hold no secret, to a document.</summary>
    public static async Task<Result<Guid>> AddAsync(Work work, MaterialStore store, Guid documentId, MaterialKind kind, MaterialFile file)
    {
        if (!store.Open(file.Sha256).TryGet(out var content, out var missing)) return missing;
        await content.DisposeAsync();
        var id = Work.NewId();
        await work.Db.ExecuteAsync(
            """
            -- Drafting/AddMaterial: a material
            INSERT INTO Material (Id, DocumentId, Kind, FileName, MediaType, Size, Sha256, NotSecret, AddedBy, AddedAt)
            VALUES (@id, @documentId, @Kind, @FileName, @MediaType, @Size, @Sha256, 1, @Name, @Now)
            """,
            new { id, documentId, Kind = Kebab.Of(kind), file.FileName, file.MediaType, file.Size, file.Sha256, work.Actor.Name, work.Now });
        work.Record(new MaterialAdded(id, Kebab.Of(kind), file.FileName, file.Size, file.Sha256), documentId);
        return id;
    }
}
