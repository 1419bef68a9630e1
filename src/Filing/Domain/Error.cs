namespace Filing.Domain;

/// <summary>What kind of "no" an expected failure is. It decides the HTTP status and the exit code, in one place.</summary>
public enum ErrorKind
{
    /// <summary>The input has the wrong shape or a value that cannot be (400; exit 2 on the command line).</summary>
    Invalid,

    /// <summary>Nobody is signed in, or the key is unknown (401).</summary>
    Unauthenticated,

    /// <summary>The role lacks the function (403).</summary>
    Forbidden,

    /// <summary>The object does not exist, or is not visible to this account (404).</summary>
    NotFound,

    /// <summary>Somebody else was faster, or the state moved on (409).</summary>
    Conflict,

    /// <summary>The file or request is larger than allowed (413).</summary>
    TooLarge,

    /// <summary>A rule of the law forbids it now (422).</summary>
    Refused,
}

/// <summary>
/// An expected failure: a stable code for machines and a Chinese message for people. Exceptions are bugs; errors are answers.
/// </summary>
/// <param name="Kind">What kind of "no" it is.</param>
/// <param name="Code">Stable, lower-case, dotted, e.g. <c>review.opinion-not-followed</c>.</param>
/// <param name="Message">One Chinese sentence that says what is wrong and, where it helps, what to do.</param>
public sealed record Error(ErrorKind Kind, string Code, string Message)
{
    /// <summary>The field that is wrong, in camelCase as in the request; null when it is not one field.</summary>
    public string? Field { get; init; }

    /// <summary>The line of the input, counted from 1; null when there are no lines.</summary>
    public int? Line { get; init; }

    /// <summary>The input has the wrong shape.</summary>
    public static Error Invalid(string code, string message, string? field = null, int? line = null) =>
        new(ErrorKind.Invalid, code, message) { Field = field, Line = line };

    /// <summary>A rule forbids it in the present state.</summary>
    public static Error Refused(string code, string message) => new(ErrorKind.Refused, code, message);

    /// <summary>Somebody else was faster.</summary>
    public static Error Conflict(string code, string message) => new(ErrorKind.Conflict, code, message);

    /// <summary>It does not exist, or not for this account: the answer is the same, so that nothing is given away.</summary>
    public static Error NotFound(string what = "对象") => new(ErrorKind.NotFound, "not-found", $"{what}不存在，或您无权查看。");

    /// <summary>The role lacks the function.</summary>
    public static Error Forbidden(string message = "您的岗位没有此项权限。") => new(ErrorKind.Forbidden, "forbidden", message);

    /// <inheritdoc/>
    public override string ToString() => Line is { } line ? $"{Code}: 第 {line} 行：{Message}" : $"{Code}: {Message}";
}
