namespace Filing.Features.Drafting;

/// <summary>A line of a checklist: what the law asks for, and whether it is there.</summary>
/// <param name="What">What is asked, in Chinese.</param>
/// <param name="Done">Whether it is there.</param>
/// <param name="How">What is there; or what is missing and what to do.</param>
/// <param name="Rule">The rule behind it, with its article.</param>
/// <param name="Want">How much it is wanted.</param>
public sealed record Check(string What, bool Done, string How, string Rule, Want Want = Want.Now);

/// <summary>How much something is wanted.</summary>
public enum Want
{
    /// <summary>It is wanted now: without it the step is not whole.</summary>
    Now,

    /// <summary>A later step brings it.</summary>
    Later,

    /// <summary>Some documents need it.</summary>
    Sometimes,
}
