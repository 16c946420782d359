using System.Text.Json;
using BatchXai.Onnx;
using Xunit;

namespace BatchXai.Cli.Tests.Commands.Verify;

/// <summary>A model that doubles x (N×2) into y, and adds 1 to y in z.</summary>
public sealed class VerifyCommandTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly CapturedScreen screen = new();
    private readonly string model;

    public VerifyCommandTests() => model = Write("model.onnx", new OnnxModelBuilder()
        .Input("x", [null, 2]).Output("y").Output("z")
        .Initializer("two", [], [2f]).Initializer("one", [], [1f])
        .Node("Mul", ["x", "two"], "y").Node("Add", ["y", "one"], "z").ToBytes());

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Verify_RightOutputs_Exit0()
    {
        var (x, y, z) = (Npy("x", "(2, 2)", 1, 2, 3, 4), Npy("y", "(2, 2)", 2, 4, 6, 8), Npy("z", "(2, 2)", 3, 5, 7, 9));
        Assert.Equal(ExitCode.Done, await screen.RunAsync("model", "verify", model, "--input", x, "--expected", y, "--expected", z));
        Assert.Contains("2 of 2 outputs within 0.0001", screen.Output, StringComparison.Ordinal);
        Assert.Empty(screen.Errors);
    }

    [Fact]
    public async Task Verify_OneWrongElement_Exit1SaysWhere()
    {
        var (x, z) = (Npy("x", "(2, 2)", 1, 2, 3, 4), Npy("z", "(2, 2)", 3, 5, 10, 9));
        Assert.Equal(ExitCode.GateFailed, await screen.RunAsync("model", "verify", model, "--input", $"x={x}", "--expected", $"z={z}", "--json"));
        var output = JsonDocument.Parse(screen.Output).RootElement.GetProperty("outputs")[0];
        Assert.Equal("z", output.GetProperty("name").GetString());
        Assert.Equal([1, 0], output.GetProperty("position").EnumerateArray().Select(index => index.GetInt32()));
        Assert.Equal((3, 0.3, 7, 10), (output.GetProperty("largestError").GetDouble(), output.GetProperty("relativeError").GetDouble(), output.GetProperty("actual").GetDouble(), output.GetProperty("expected").GetDouble()));
    }

    [Theory]
    [InlineData("0.3", ExitCode.Done)]
    [InlineData("0.29", ExitCode.GateFailed)]
    public async Task Verify_Tolerance_IsRelativeToTheLargestExpectedElement(string tolerance, int exitCode)
        => Assert.Equal(exitCode, await screen.RunAsync("model", "verify", model, "--input", Npy("x", "(2, 2)", 1, 2, 3, 4), "--expected", "z=" + Npy("z", "(2, 2)", 3, 5, 10, 9), "--tolerance", tolerance));

    [Fact]
    public async Task Verify_RawNumbers_TakeTheDeclaredShapeOrTheGivenOne()
    {
        var (x, y) = (Raw("x.bin", 1, 2, 3, 4), Raw("y.bin", 2, 4, 6, 8));
        Assert.Equal(ExitCode.Done, await screen.RunAsync("model", "verify", model, "--input", x, "--expected", y));
        Assert.Contains("2×2", screen.Output, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Done, await screen.RunAsync("model", "verify", model, "--input", x, "--shape", "1x4", "--expected", y));
        Assert.Contains("1×4", screen.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_DoubleForFloat_IsConverted()
    {
        var x = Write("x.npy", NpyBytes.Of("<f8", "(1, 2)", [.. new[] { 1.0, 2.0 }.SelectMany(BitConverter.GetBytes)]));
        Assert.Equal(ExitCode.Done, await screen.RunAsync("model", "verify", model, "--input", x, "--expected", Npy("y", "(1, 2)", 2, 4)));
    }

    [Fact]
    public async Task Verify_AnyTensor_CanBeGivenAndExpected()
        => Assert.Equal(ExitCode.Done, await screen.RunAsync("model", "verify", model, "--input", "y=" + Npy("y", "(1, 2)", 5, 6), "--expected", "z=" + Npy("z", "(1, 2)", 6, 7)));

    [Fact]
    public async Task Verify_OtherShape_Exit1SaysBoth()
    {
        Assert.Equal(ExitCode.GateFailed, await screen.RunAsync("model", "verify", model, "--input", Npy("x", "(1, 2)", 1, 2), "--expected", Npy("y", "(2, 1)", 2, 4)));
        Assert.Contains("expected shape 2×1", screen.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_NotANumber_IsNeverWithin()
    {
        Assert.Equal(ExitCode.GateFailed, await screen.RunAsync("model", "verify", model, "--input", Npy("x", "(1, 2)", float.NaN, 2), "--expected", Npy("y", "(1, 2)", 2, 4), "--tolerance", "1000"));
        Assert.Contains("not finite", screen.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_EverythingWrong_IsToldAtOnce()
    {
        var whole = Write("whole.npy", NpyBytes.Of("<i8", "(1, 2)", new byte[16]));
        Assert.Equal(ExitCode.Error, await screen.RunAsync(
            "model", "verify", model, "--input", whole, "--input", "w=" + whole, "--expected", "/nowhere/y.npy", "--expected", "zz=z.npy", "--tolerance", "-1", "--shape", "2xtwo"));
        string[] expected =
        [
            "--tolerance: '-1' is not a number from 0 upwards.",
            "--shape: '2xtwo' is no shape. Expected sizes such as 2x3x224x224.",
            $"--input w={whole}: the model has no tensor 'w'. Did you mean 'x'?",
            $"{whole}: holds int64; input 'x' takes float.",
            "--expected zz=z.npy: the model has no tensor 'zz'. Did you mean 'z'?",
            "/nowhere/y.npy: no such file.",
        ];
        Assert.Equal(expected.Select(problem => $"error: {problem}"), screen.Errors.TrimEnd().Split('\n'));
        Assert.Empty(screen.Output);
    }

    [Theory]
    [InlineData("nothing to compare with")]
    [InlineData("needs 'x', which is not fed", "--expected", "y.npy")]
    [InlineData("the model has 1 (x), and 2 are given", "--input", "y.npy", "--input", "y.npy", "--expected", "y.npy")]
    [InlineData("'x' is given 2 times", "--input", "x=y.npy", "--input", "x=y.npy", "--expected", "y.npy")]
    [InlineData("which do not make 1×2", "--input", "y.npy", "--expected", "odd.bin")]
    [InlineData("are no float32 numbers", "--input", "torn.bin", "--expected", "y.npy")]
    [InlineData("torn.pb: tensor", "--input", "torn.pb", "--expected", "y.npy")]
    public async Task Verify_BadInput_Exit3WithOneError(string says, params string[] arguments)
    {
        Npy("y", "(1, 2)", 2, 4);
        Raw("odd.bin", 1, 2, 3);
        Write("torn.bin", [1, 2, 3]);
        Write("torn.pb", [8, 1, 16]);
        var placed = arguments.Select(argument => argument.Contains('.') ? argument.Replace("x=", $"x={folder.Path}/", StringComparison.Ordinal) : argument)
            .Select(argument => argument.Contains('.') && !argument.Contains('=') ? Path.Combine(folder.Path, argument) : argument);
        Assert.Equal(ExitCode.Error, await screen.RunAsync(["model", "verify", model, .. placed]));
        Assert.Equal(1, screen.Errors.Split("error: ").Length - 1);
        Assert.Contains(says, screen.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("unexpected", screen.Errors, StringComparison.Ordinal);
    }

    private string Npy(string name, string shape, params float[] values) => Write($"{name}.npy", NpyBytes.Of(shape, values));

    private string Raw(string name, params float[] values) => Write(name, [.. values.SelectMany(BitConverter.GetBytes)]);

    private string Write(string name, byte[] bytes)
    {
        var file = Path.Combine(folder.Path, name);
        File.WriteAllBytes(file, bytes);
        return file;
    }
}
