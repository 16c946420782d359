// TorchSharp counts tensors for the whole process: a test that counts them runs alone.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]
