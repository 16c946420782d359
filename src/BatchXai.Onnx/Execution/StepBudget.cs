namespace BatchXai.Onnx.Execution;

/// <summary>How many nodes one run may execute: a file can ask for loops without end.</summary>
internal sealed class StepBudget
{
    public const int Most = 1_000_000;
    private int taken;

    /// <summary>Takes one step.</summary>
    /// <exception cref="InvalidOperationException">There is none left.</exception>
    public void Take()
    {
        if (++taken > Most)
        {
            throw new InvalidOperationException($"a run of more than {Most} nodes; the model loops without end");
        }
    }
}
