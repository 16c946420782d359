global using TorchSharp;
global using F = TorchSharp.torch.nn.functional;
global using Tensor = TorchSharp.torch.Tensor;
global using static BatchXai.Onnx.Torch.Scalars;
