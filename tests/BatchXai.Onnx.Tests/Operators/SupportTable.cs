using System.Globalization;
using System.Text;
using BatchXai.Onnx.Operators;
using BatchXai.Onnx.Tests.Backend;

namespace BatchXai.Onnx.Tests.Operators;

/// <summary>The support table of the project's README, written from the registry.</summary>
internal static class SupportTable
{
    public const string Begin = "<!-- support table: written from the registry by SupportTableTests -->";
    public const string End = "<!-- end of the support table -->";

    public static string Write()
    {
        var text = new StringBuilder().Append(Begin).Append('\n');
        foreach (var domain in OperatorTable.All.GroupBy(variant => variant.Domain).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            text.Append(CultureInfo.InvariantCulture, $"\n### {OnnxModel.Shown(domain.Key)}\n\n| operator | meanings from opset | backward pass | refused |\n| --- | --- | --- | --- |\n");
            foreach (var op in domain.GroupBy(variant => variant.Op).OrderBy(group => group.Key, StringComparer.Ordinal))
            {
                text.Append(CultureInfo.InvariantCulture, $"| {op.Key} | {Opsets(domain.Key, [.. op.OrderBy(variant => variant.Since)])} | {Backward(op.First().Gradient)} | {string.Join("; ", op.Select(variant => variant.Limits).OfType<string>().Distinct())} |\n");
            }
        }

        text.Append("\n### Official tests that do not pass\n\n| test | because it |\n| --- | --- |\n");
        foreach (var reason in BackendExceptions.Reasons.GroupBy(test => test.Value, test => test.Key).OrderBy(group => group.Min(), StringComparer.Ordinal))
        {
            text.Append(CultureInfo.InvariantCulture, $"| {string.Join(", ", reason.Order(StringComparer.Ordinal))} | {reason.Key} |\n");
        }

        return text.Append('\n').Append(End).ToString();
    }

    // A meaning that began before the first supported opset holds from that one on.
    private static string Opsets(string domain, OperatorVariant[] variants)
    {
        var from = variants.Select(variant => domain.Length == 0 ? Math.Max(OperatorTable.MinOpset, variant.Since) : variant.Since).Distinct();
        return string.Join(", ", from) + (variants[^1].Until is { } until ? $", up to {until}" : "");
    }

    private static string Backward(Gradient gradient) => gradient switch
    {
        Gradient.Exact => "yes",
        Gradient.StraightThrough => "straight through",
        _ => "no",
    };
}
