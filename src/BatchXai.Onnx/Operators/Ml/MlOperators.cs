namespace BatchXai.Onnx.Operators;

/// <summary>Classical machine learning, <c>ai.onnx.ml</c>: what scikit-learn models are exported to.</summary>
internal static class MlOperators
{
    private const string TextLabels = "labels that are text are not computed; the scores are";

    public static IEnumerable<OperatorVariant> All => Variants.Select(variant => variant with { Domain = "ai.onnx.ml" });

    private static IEnumerable<OperatorVariant> Variants =>
    [
        new("Scaler", 1, Scaling.Scaler),
        new("Normalizer", 1, Scaling.Normalizer),
        new("Imputer", 1, Features.Imputer),
        new("Binarizer", 1, Features.Binarizer, Gradient.None),
        new("FeatureVectorizer", 1, Features.Vectorizer),
        new("OneHotEncoder", 1, Features.OneHot, Gradient.None) { Limits = "categories that are text" },
        new("ArrayFeatureExtractor", 1, Features.Extractor),
        new("LabelEncoder", 1, LabelEncoder.Bind, Gradient.None) { Limits = "keys and values that are text" },
        new("ZipMap", 1, _ => inputs => [Unary.Same(inputs)]) { Limits = "passes its input through: a tensor in place of a sequence of maps" },
        new("LinearClassifier", 1, LinearModel.Classifier) { Limits = TextLabels },
        new("LinearRegressor", 1, LinearModel.Regressor),
        new("SVMClassifier", 1, SvmClassifier.Bind) { Limits = TextLabels },
        new("SVMRegressor", 1, SvmRegressor.Bind) { Limits = "post_transform" },
        new("TreeEnsembleClassifier", 1, TreeScores.Classifier, Gradient.None) { Limits = TextLabels },
        new("TreeEnsembleRegressor", 1, TreeScores.Regressor, Gradient.None),
        new("TreeEnsemble", 5, TreeScores.Ensemble, Gradient.None),
    ];
}
