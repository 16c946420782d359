namespace BatchXai.Testing.Architectures;

/// <summary>VGG with the local response normalization and Dropout of its time; the first linear layer reads all places.</summary>
internal static class Vgg
{
    public static byte[] Write()
    {
        var net = new NetWriter(8, Namings.TorchScript);
        var x = net.Relu(net.Conv(net.Input("data_0", null, 3, 32, 32), "features.0", 3, 16, 3, 1, 1), "features.1");
        x = net.Op("LRN", "features.2", [x], ("alpha", 1e-2f), ("beta", 0.75f), ("bias", 1f), ("size", 5));
        x = net.MaxPool(x, "features.3", 2, 2, 0);
        x = net.Relu(net.Conv(x, "features.4", 16, 24, 3, 1, 1), "features.5");
        x = net.Op("LRN", "features.6", [x], ("size", 3));
        x = net.MaxPool(x, "features.7", 3, 2, 0);
        x = net.MaxPool(net.Relu(net.Conv(x, "features.8", 24, 32, 3, 1, 1, groups: 2), "features.9"), "features.10", 2, 2, 0);
        x = net.Relu(net.Gemm(net.Op("Flatten", "", [x], ("axis", 1)), "classifier.0", 32 * 9, 48), "classifier.1");
        x = net.Op("Dropout", "classifier.2", [x], ("ratio", 0.5f));
        return net.Output(net.OpTo("prob_1", "Softmax", [net.Gemm(x, "classifier.3", 48, 10)], ("axis", 1)), null, 10);
    }
}
