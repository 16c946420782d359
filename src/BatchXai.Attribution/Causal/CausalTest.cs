namespace BatchXai.Attribution.Causal;

/// <summary>What is done to an image to see whether the prediction depends on the background.</summary>
public enum CausalTest
{
    /// <summary>The object pasted back onto its own filled background: what the compositing alone does.</summary>
    Placebo,

    /// <summary>The object on the background of another item of its class.</summary>
    MixedSame,

    /// <summary>The object on the background of an item of another class.</summary>
    MixedRand,

    /// <summary>No object: the background, filled where the object was.</summary>
    ObjectRemoved,

    /// <summary>The object on its own background, strongly blurred.</summary>
    BackgroundBlurred,
}
