using BatchXai.Onnx.Operators;
using BatchXai.Testing;
using TorchSharp;
using Xunit;

namespace BatchXai.Onnx.Tests.Backend;

/// <summary>ONNX's own conformance tests: every test of every supported operator, and all compositions of supported operators.</summary>
public sealed class BackendNodeTests(ITestOutputHelper output)
{
    [Fact]
    public void SupportedOperators_OnOfficialTests_GiveTheOfficialOutputs()
    {
        var declared = OperatorTable.All.Select(variant => (variant.Domain, variant.Op)).ToHashSet();
        var (single, composed) = (0, 0);
        var uncovered = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var failures = new List<string>();
        var excused = new HashSet<string>();
        foreach (var folder in Directory.EnumerateDirectories(Archive.FolderOrSkip("onnx/onnx-backend-tests-1.22.0.tar.xz", "node")).Order(StringComparer.Ordinal))
        {
            using var scope = torch.NewDisposeScope();
            var test = new BackendCase(folder);
            try
            {
                test.Check();
                (single, composed) = test.Operator is null ? (single, composed + 1) : (single + 1, composed);
            }
            catch (Exception failure)
            {
                if (BackendExceptions.Reasons.ContainsKey(test.Name))
                {
                    excused.Add(test.Name);
                }
                else if (IsUncovered(test, failure, declared))
                {
                    var why = failure is UnsupportedOperatorsException missing ? string.Join(" + ", missing.Operators.Select(name => name.Split(" (")[0])) : failure.Message;
                    uncovered[why] = uncovered.GetValueOrDefault(why) + 1;
                }
                else
                {
                    failures.Add($"{test.Name}: {failure.Message.Split('\n')[0]}");
                }
            }
        }

        output.WriteLine($"{single} single-operator tests and {composed} compositions passed, {failures.Count} failed, {excused.Count} are excused, {uncovered.Values.Sum()} not covered:\n{string.Join('\n', uncovered.Select(why => $"{why.Value} {why.Key}"))}");
        Assert.True(failures.Count == 0, string.Join('\n', failures));
        Assert.Equal(BackendExceptions.Reasons.Keys.Order(StringComparer.Ordinal), excused.Order(StringComparer.Ordinal));
        Assert.True(single >= 1150, $"only {single} single-operator tests passed");
    }

    // A composition may need operators that are not supported; a single-operator test only where its operator is not declared at all.
    private static bool IsUncovered(BackendCase test, Exception failure, HashSet<(string Domain, string Op)> declared) => test.Operator is { } tested
        ? !declared.Contains(tested)
        : failure is UnsupportedOperatorsException || test.Model.Graph.Inputs.Concat(test.Model.Graph.Outputs).Any(value => value.ElementType == OnnxElementType.String);
}
