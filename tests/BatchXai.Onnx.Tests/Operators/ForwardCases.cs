using static BatchXai.Onnx.Tests.Operators.OperatorCase;

namespace BatchXai.Onnx.Tests.Operators;

/// <summary>Operators of <c>ai.onnx.ml</c> without a gradient: steps and labels.</summary>
internal static class ForwardCases
{
    private static readonly string[] AtMost = ["BRANCH_LEQ"];
    private static readonly string[] AllModes = ["BRANCH_LEQ", "BRANCH_LT", "BRANCH_GTE", "BRANCH_GT", "BRANCH_NEQ"];

    public static readonly Dictionary<string, OperatorCase> All = new OperatorCase[]
    {
        Case("Binarizer", [3, 4], [("threshold", 0.2f)]),
        Regressor("TreeEnsembleRegressor", AtMost, [0]),
        Regressor("TreeEnsembleRegressor all modes", AllModes, [0, 1], ("base_values", new[] { 0.5f, -0.5f })),
        Regressor("TreeEnsembleRegressor average", AllModes, [0, 1], ("aggregate_function", "AVERAGE")),
        Regressor("TreeEnsembleRegressor min", AtMost, [0, 1], ("aggregate_function", "MIN"), ("base_values", new[] { 0.5f, -0.5f })),
        Regressor("TreeEnsembleRegressor max", AtMost, [1], ("aggregate_function", "MAX"), ("post_transform", "SOFTMAX")),
        Classifier("TreeEnsembleClassifier", AtMost, [0, 1, 2], 3, false),
        Classifier("TreeEnsembleClassifier softmax", AllModes, [0, 1, 2], 3, false, ("post_transform", "SOFTMAX"), ("base_values", new[] { 0.1f, 0.2f, 0.3f })),
        Classifier("TreeEnsembleClassifier two classes", AtMost, [0, 1], 2, true),
        Classifier("TreeEnsembleClassifier two classes logistic", AtMost, [0, 1], 2, false, ("post_transform", "LOGISTIC")),
        Classifier("TreeEnsembleClassifier two classes with bases", AtMost, [0, 1], 2, false, ("base_values", new[] { 0.3f, 0.3f })),
        Classifier("TreeEnsembleClassifier one weight", AtMost, [0], 2, false),
        Classifier("TreeEnsembleClassifier one weight logistic", AtMost, [0], 2, false, ("post_transform", "LOGISTIC"), ("base_values", new[] { 0.3f })),
        Classifier("TreeEnsembleClassifier one positive weight", AtMost, [0], 2, true),
        Classifier("TreeEnsembleClassifier second weight", AtMost, [1], 2, true),
    }.ToDictionary(test => test.Name);

    private static OperatorCase Case(string name, long[] shape, (string, object)[] attributes)
        => new(name, 17, shape, name.Split(' ')[0], [], attributes) { Domain = "ai.onnx.ml", DomainVersion = 3 };

    private static OperatorCase Regressor(string name, string[] modes, int[] targets, params (string, object)[] further)
        => Case(name, [7, 4], [.. TreeSample.ByNumber("target", 5, 4, modes, targets), ("n_targets", targets.Max() + 1), .. further]);

    // Of two classes that both get weights, ONNX Runtime gives the labels 0 and 1 whatever the file says.
    private static OperatorCase Classifier(string name, string[] modes, int[] targets, int classes, bool positive, params (string, object)[] further)
        => Case(name, [7, 4], [.. TreeSample.ByNumber("class", 5, 4, modes, targets, positive), ("classlabels_int64s", Enumerable.Range(targets.Length == 2 ? 0 : 5, classes).ToArray()), .. further]) with { Outputs = ["label", "y"] };
}
