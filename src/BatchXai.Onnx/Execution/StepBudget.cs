namespace BatchXai.Onnx.Execution;

/// <summary>How many nodes one run may execute: a file can ask for loops without end.</summary>
/// <param name="most">The number.</param>
internal sealed class StepBudget(int most = 1_000_000)
{
    private int taken;

    /// <summary>The same budget, with nothing taken.</summary>
    public StepBudget Fresh() => new(most);

    /// <summary>Takes one step.</summary>
    /// <exception cref="InvalidOperationException">There is none left.</exception>
    public void Take()
    {
        if (++taken > most)
        {
            throw new InvalidOperationException($"a run of more than {most} nodes; the model loops without end");
        }
    }
}
