namespace BatchXai.Onnx.Tests.Operators;

/// <summary>Differentiable operators of <c>ai.onnx.ml</c>.</summary>
internal static class MlCases
{
    private static readonly string[] TextLabels = ["no", "yes"];

    public static IEnumerable<OperatorCase> All =>
    [
        Case("Scaler", [3, 4], [("offset", Numbers(4, 1)), ("scale", Numbers(4, 2))]),
        Case("Scaler one number", [3, 4], [("offset", new[] { 0.3f }), ("scale", new[] { 2f })]),
        Case("Normalizer max", [3, 4], [("norm", "MAX")], positive: true),
        Case("Normalizer L1", [3, 4], [("norm", "L1")]),
        Case("Normalizer L2", [3, 4], [("norm", "L2")]),
        Case("Imputer", [3, 4], [("imputed_value_floats", Numbers(4, 1)), ("replaced_value_float", float.NaN)]),
        Case("FeatureVectorizer", [3, 4], [("inputdimensions", new[] { 4 })]),
        Case("ArrayFeatureExtractor", [3, 4], []) with { Constants = [OperatorCase.Integer([1, 2], 2, 0)] },
        Case("ZipMap", [3, 4], [("classlabels_int64s", new[] { 0, 1, 2, 3 })]) with { NotInOnnxRuntime = "it makes a sequence of maps" },
        Case("LinearRegressor", [3, 4], [("coefficients", Numbers(8, 1)), ("intercepts", Numbers(2, 2)), ("targets", 2)]),
        Case("LinearRegressor one target", [3, 4], [("coefficients", Numbers(4, 1)), ("intercepts", Numbers(1, 2)), ("targets", 1)]),
        Classifier("LinearClassifier", [("coefficients", Numbers(12, 1)), ("intercepts", Numbers(3, 2)), ("classlabels_ints", new[] { 3, 5, 7 })]),
        Classifier("LinearClassifier softmax", [("coefficients", Numbers(12, 1)), ("intercepts", Numbers(3, 2)), ("classlabels_ints", new[] { 3, 5, 7 }), ("post_transform", "SOFTMAX")]),
        Classifier("LinearClassifier softmax of nonzero", [("coefficients", Numbers(12, 1)), ("intercepts", Numbers(3, 2)), ("classlabels_ints", new[] { 3, 5, 7 }), ("post_transform", "SOFTMAX_ZERO")]),
        Classifier("LinearClassifier logistic text", [("coefficients", Numbers(8, 1)), ("intercepts", Numbers(2, 2)), ("classlabels_strings", TextLabels), ("post_transform", "LOGISTIC")]),
        Classifier("LinearClassifier one score", [("coefficients", Numbers(4, 1)), ("intercepts", Numbers(1, 2)), ("classlabels_ints", new[] { 0, 1 })]),
        Classifier("SVMClassifier linear", Linear(3)),
        Classifier("SVMClassifier linear softmax", [.. Linear(2), ("post_transform", "SOFTMAX")]),
        Classifier("SVMClassifier pairs", Vectors("LINEAR", 3)),
        Classifier("SVMClassifier rbf", Vectors("RBF", 3)),
        Classifier("SVMClassifier poly", Vectors("POLY", 3)),
        Classifier("SVMClassifier sigmoid", Vectors("SIGMOID", 4)),
        Classifier("SVMClassifier binary", Vectors("RBF", 2)),
        Classifier("SVMClassifier binary softmax", [.. Vectors("RBF", 2), ("post_transform", "SOFTMAX")]),
        Classifier("SVMClassifier probabilities", [.. Vectors("RBF", 3), ("prob_a", Numbers(3, 8)), ("prob_b", Numbers(3, 9))]),
        Classifier("SVMClassifier binary probabilities", [.. Vectors("RBF", 2), ("prob_a", Numbers(1, 8)), ("prob_b", Numbers(1, 9))]),
        Case("SVMRegressor", [3, 4], [("kernel_type", "RBF"), ("kernel_params", new[] { 0.4f, 0, 3 }), ("support_vectors", Numbers(20, 1)), ("coefficients", Numbers(5, 2)), ("n_supports", 5), ("rho", new[] { 0.2f })]),
        Case("SVMRegressor poly", [3, 4], [("kernel_type", "POLY"), ("kernel_params", new[] { 0.4f, 0.3f, 2 }), ("support_vectors", Numbers(20, 1)), ("coefficients", Numbers(5, 2)), ("n_supports", 5), ("rho", new[] { 0.2f })]),
        Case("SVMRegressor linear", [3, 4], [("kernel_type", "LINEAR"), ("kernel_params", new[] { 0f, 0, 0 }), ("coefficients", Numbers(4, 2)), ("n_supports", 0), ("rho", new[] { 0.2f })]),
    ];

    private static (string, object)[] Linear(int classes) =>
        [("coefficients", Numbers(4 * classes, 1)), ("rho", new[] { 0.3f }), ("classlabels_ints", Labels(classes)), ("kernel_type", "LINEAR"), ("kernel_params", new[] { 0f, 0, 0 })];

    // Class i has i + 1 support vectors.
    private static (string, object)[] Vectors(string kernel, int classes)
    {
        long[] counts = [.. Enumerable.Range(1, classes).Select(count => (long)count)];
        var vectors = (int)counts.Sum();
        return
        [
            ("kernel_type", kernel), ("kernel_params", new[] { 0.4f, 0.3f, 3 }), ("vectors_per_class", counts), ("support_vectors", Numbers(4 * vectors, 5)),
            ("coefficients", Numbers((classes - 1) * vectors, 6)), ("rho", Numbers(classes * (classes - 1) / 2, 7)), ("classlabels_ints", Labels(classes)),
        ];
    }

    private static long[] Labels(int classes) => [.. Enumerable.Range(0, classes).Select(label => 10L - label)];

    private static float[] Numbers(int count, int seed) => SampleModels.Numbers(count, seed);

    private static OperatorCase Case(string name, long[] shape, (string, object)[] attributes, bool positive = false)
        => new(name, 17, shape, name.Split(' ')[0], [], attributes, Positive: positive) { Domain = "ai.onnx.ml", DomainVersion = 3 };

    private static OperatorCase Classifier(string name, (string, object)[] attributes) => Case(name, [5, 4], attributes) with { Outputs = ["label", "y"] };
}
