namespace BatchXai.Attribution.Methods;

/// <summary>Which class is the target of a heatmap.</summary>
public enum TargetMode
{
    /// <summary>The class with the highest score.</summary>
    Predicted,

    /// <summary>The item's label; of several outputs that a label maps to, the best-scoring one.</summary>
    Label,

    /// <summary>The predicted class for every item, and the label too for every misclassified one.</summary>
    Both,
}
