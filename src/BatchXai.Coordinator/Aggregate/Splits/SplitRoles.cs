namespace BatchXai.Coordinator.Aggregate.Splits;

/// <summary>
/// What splits are for, by their names, in any case. Training: train or training. Validation: the one called val, valid or validation, else the one called
/// test. Any other split has no role here.
/// </summary>
/// <param name="Training">Name of the split that the model was trained on.</param>
/// <param name="Validation">Name of the split that it is held against.</param>
internal sealed record SplitRoles(string Training, string Validation)
{
    /// <summary>The name that a dataset without splits gives all its items.</summary>
    private const string NoSplit = "all";

    /// <summary>The roles; null: no split is for training, none is for validation, or several have one role.</summary>
    public static SplitRoles? Of(IEnumerable<string> names)
    {
        var known = names.ToList();
        var training = known.Where(IsTraining).ToList();
        var validation = known.Where(name => Is(name, "val", "valid", "validation")).ToList();
        if (validation.Count == 0)
        {
            validation = [.. known.Where(name => Is(name, "test"))];
        }

        return training.Count == 1 && validation.Count == 1 ? new(training[0], validation[0]) : null;
    }

    /// <summary>Whether items of this split may be left when those for training are taken away.</summary>
    public static bool MayBeHeldOut(string name) => name != NoSplit && !IsTraining(name);

    private static bool IsTraining(string name) => Is(name, "train", "training");

    private static bool Is(string name, params ReadOnlySpan<string> names)
    {
        foreach (var one in names)
        {
            if (name.Equals(one, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
