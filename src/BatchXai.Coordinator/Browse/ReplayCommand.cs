using System.Globalization;
using BatchXai.Contracts.Audits;
using BatchXai.Contracts.Models;

namespace BatchXai.Coordinator.Browse;

/// <summary>The command that explains one item of an audit again, with the same model, dataset and settings, for a POSIX shell.</summary>
public static class ReplayCommand
{
    private static readonly AuditRequest Usual = new() { Model = new() { Path = "" }, Dataset = new() { Path = "" } };

    /// <summary>Writes the command: what is as usual is left out.</summary>
    /// <param name="request">The audit's request.</param>
    /// <param name="item">Id of the item.</param>
    /// <param name="server">Address of the server that is asked; null: the item is explained on this machine, into folder <c>again</c>.</param>
    public static string Of(AuditRequest request, string item, string? server)
    {
        ArgumentNullException.ThrowIfNull(request);
        var (model, data, usual) = (request.Model, request.Dataset, Usual.Model.Preprocess);
        var preprocess = model.Preprocess;
        List<(string Flag, string? Value)> flags =
        [
            ("--model", model.Path), ("--trust-model", model.Trusted ? "yes" : null), ("--labels", model.Labels), ("--layer", model.Layer), ("--output-tensor", model.Output),
            ("--mean", Numbers(preprocess.Mean, usual.Mean)), ("--std", Numbers(preprocess.Std, usual.Std)), ("--scale", preprocess.Scale == usual.Scale ? null : Text(preprocess.Scale)),
            ("--order", Word(preprocess.Order, usual.Order)), ("--fit", Word(preprocess.Fit, usual.Fit)), ("--resize-shorter", preprocess.ResizeShorter is { } shorter ? Text(shorter) : null),
            ("--padding", preprocess.Padding == usual.Padding ? null : Text(preprocess.Padding)), ("--size", Size(preprocess)),
            ("--data", data.Path), ("--masks", data.Masks), ("--class-map", data.ClassMap), ("--split", data.Split), ("--item", item),
            ("--methods", string.Join(',', request.Methods)), ("--targets", Word(request.Targets, Usual.Targets)), ("--objective", Word(request.Objective, Usual.Objective)),
            // The item takes part if any did: of one item there is no sample.
            ("--causal", request.Causal == CausalChoice.Off ? "off" : "full"), ("--overlays", "all"), ("--seed", request.Seed == Usual.Seed ? null : Text(request.Seed)),
            server is null ? ("--out", "again") : ("--server", server),
        ];
        return $"batchxai {(server is null ? "run" : "submit")} {string.Join(' ', flags.Where(flag => flag.Value is not null).Select(flag => Written(flag.Flag, flag.Value!)))}";
    }

    private static string? Size(PreprocessSpec preprocess) => preprocess is { Width: { } width, Height: { } height } ? FormattableString.Invariant($"{width}x{height}") : null;

    private static string? Numbers(IReadOnlyList<double> values, IReadOnlyList<double> usual) => values.SequenceEqual(usual) ? null : string.Join(',', values.Select(value => Text(value)));

    private static string? Word<T>(T value, T usual)
        where T : struct, Enum => EqualityComparer<T>.Default.Equals(value, usual) ? null : $"{value}".ToLowerInvariant();

    private static string Text(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture);

    // A value that looks like a flag or like a file of flags is held to its own.
    private static string Written(string flag, string value) => value is ['-' or '@', ..] ? $"{flag}={Quoted(value)}" : $"{flag} {Quoted(value)}";

    private static string Quoted(string value) =>
        value.Length > 0 && value.All(letter => char.IsAsciiLetterOrDigit(letter) || "/._-:,=+@".Contains(letter, StringComparison.Ordinal)) ? value : $"'{value.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
