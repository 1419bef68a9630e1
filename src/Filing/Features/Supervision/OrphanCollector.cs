using Filing.Data;

namespace Filing.Features.Supervision;

/// <summary>Removes the files of uploads that never became a material.</summary>
public sealed class OrphanCollector(Database database, MaterialStore materials)
{
    /// <summary>Removes what nothing has referred to for a day.</summary>
    /// <returns>How many files were removed.</returns>
    public Task<int> RunAsync(CancellationToken ct = default) => materials.CollectOrphansAsync(async token =>
    {
        var hashes = await database.ReadAsync(db => db.QueryAsync<string>(
            """
            -- Supervision/OrphanCollector: the files that are referred to
            SELECT Sha256 FROM Material UNION SELECT Sha256 FROM SavedFormFile
            """), token);
        return hashes.ToHashSet();
    }, ct);
}
