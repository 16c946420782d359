namespace BatchXai.Onnx.Tests.Backend;

/// <summary>Official tests of supported operators that do not pass, with the reason; the support table repeats them.</summary>
internal static class BackendExceptions
{
    private const string Training = "has its training meaning; models run with inference semantics, so it is refused";
    private const string Opset = "is of an opset before 7";
    private const string Text = "reads text, which no image classifier does";

    public static readonly IReadOnlyDictionary<string, string> Reasons = new Dictionary<string, string>
    {
        ["test_ai_onnx_ml_label_encoder_string_int"] = Text,
        ["test_ai_onnx_ml_label_encoder_string_int_no_default"] = Text,
        ["test_ai_onnx_ml_label_encoder_tensor_mapping"] = Text,
        ["test_ai_onnx_ml_label_encoder_tensor_value_only_mapping"] = Text,
        ["test_batchnorm_epsilon_training_mode"] = Training,
        ["test_batchnorm_example_training_mode"] = Training,
        ["test_equal_string"] = Text,
        ["test_equal_string_broadcast"] = Text,
        ["test_not_2d"] = Opset,
        ["test_not_3d"] = Opset,
        ["test_not_4d"] = Opset,
        ["test_scan_sum"] = "is Scan of opset 8, which scanned whole batches; from 9 on it is supported",
        ["test_training_dropout"] = Training,
        ["test_training_dropout_default"] = Training,
        ["test_training_dropout_default_mask"] = Training,
        ["test_training_dropout_mask"] = Training,
    };
}
