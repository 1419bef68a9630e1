using Filing.Features.Drafting;
using Filing.Tests.Support;

namespace Filing.Benchmarks;

/// <summary>The shortest case there is: a draft is submitted, and the legal office says that it is no normative document.</summary>
internal static class ShortCase
{
    /// <summary>It starts, and waits; answers its document.</summary>
    public static async Task<Guid> StartAsync(BenchRegister register) => (await register.Send("drafter", Life.Draft())).DocumentId;

    /// <summary>It is resumed, and completes.</summary>
    public static Task EndAsync(BenchRegister register, Guid document) =>
        register.Send("reviewer", new IdentifyDocument(document, IdentificationOutcome.NotNormative, "内部安排", "工作要点、工作计划、工作方案"));
}
