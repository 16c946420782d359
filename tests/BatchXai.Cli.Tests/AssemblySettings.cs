// TorchSharp counts tensors for the whole process: a test that counts them runs alone.
[assembly: Xunit.CollectionBehavior(DisableTestParallelization = true)]
