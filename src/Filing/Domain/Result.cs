using System.Diagnostics.CodeAnalysis;

namespace Filing.Domain;

/// <summary>An outcome that can be known to be non-generic: either it came through, or it has an <see cref="Error"/>.</summary>
public interface IResult
{
    /// <summary>The expected failure, or null when it came through.</summary>
    Error? Error { get; }
}

/// <summary>A result that the pipeline can make without knowing what it holds.</summary>
public interface IResult<TSelf> : IResult where TSelf : struct, IResult<TSelf>
{
    /// <summary>The type of the value.</summary>
    static abstract Type ValueType { get; }

    /// <summary>The value, boxed; null when there is none.</summary>
    object? Boxed { get; }

    /// <summary>A result that failed.</summary>
    static abstract TSelf Fail(Error error);

    /// <summary>A result with a value of <see cref="ValueType"/>.</summary>
    static abstract TSelf Of(object? value);
}

/// <summary>Either a value or an <see cref="Domain.Error"/>; both convert implicitly, so handlers simply return one of them.</summary>
public readonly struct Result<T> : IResult<Result<T>>
{
    private readonly T? _value;

    private Result(T? value, Error? error) => (_value, Error) = (value, error);

    /// <inheritdoc/>
    public Error? Error { get; }

    /// <summary>True when there is a value.</summary>
    [MemberNotNullWhen(false, nameof(Error))]
    public bool Ok => Error is null;

    /// <summary>The value.</summary>
    /// <exception cref="InvalidOperationException">There is none: the caller did not look at <see cref="Ok"/>, which is a bug.</exception>
    public T Value => Error is null ? _value! : throw new InvalidOperationException($"No value: {Error}");

    static Type IResult<Result<T>>.ValueType => typeof(T);

    object? IResult<Result<T>>.Boxed => _value;

    static Result<T> IResult<Result<T>>.Fail(Error error) => error;

    static Result<T> IResult<Result<T>>.Of(object? value) => new((T?)value, null);

    /// <summary>Takes the result apart; true when there is a value.</summary>
    public bool TryGet([MaybeNullWhen(false)] out T value, [NotNullWhen(false)] out Error? error)
    {
        (value, error) = (_value, Error);
        return error is null;
    }

    /// <summary>A value is a result.</summary>
    [SuppressMessage("Usage", "CA2225", Justification = "Handlers return values and errors as they are.")]
    public static implicit operator Result<T>(T value) => new(value, null);

    /// <summary>An error is a result.</summary>
    [SuppressMessage("Usage", "CA2225", Justification = "Handlers return values and errors as they are.")]
    public static implicit operator Result<T>(Error error) => new(default, error);
}

/// <summary>The value of a command that has nothing to say but that it was done.</summary>
public readonly record struct Done
{
    /// <summary>The only value.</summary>
    public static Done It => default;
}
