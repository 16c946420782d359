namespace BatchXai.Statistics.Verdicts;

/// <summary>What a verdict cannot see, or what weakens it.</summary>
public enum VerdictLimit
{
    /// <summary>Always: a cue that lies on the object itself, such as its colour, is neither outside the mask nor changed by another background.</summary>
    OnObjectCues,

    /// <summary>Always: a cue spread over the whole image, such as blur or tint, has no place.</summary>
    GlobalCues,

    /// <summary>Causal tests were off: maps alone never show that the background is used.</summary>
    CausalOff,

    /// <summary>Causal tests saw a sample of the masked items.</summary>
    CausalSampled,

    /// <summary>Causal tests saw too few items here.</summary>
    CausalTooFew,

    /// <summary>Too few of the items were answered right, or have no label, for net flips to count.</summary>
    FlipsTooFew,

    /// <summary>The upper bound of a causal figure lies above its limit: a use of the background of that size is not excluded.</summary>
    CausalImprecise,

    /// <summary>A causal figure is known with one fill style only, which can warn and cannot fail.</summary>
    OneFill,

    /// <summary>Pasting alone flips many predictions: the composites are strange to the model.</summary>
    PlaceboFlips,

    /// <summary>Causal tests find the background used while the maps lie on the object: look at the placebo, and at another method.</summary>
    MapsDisagree,

    /// <summary>κ says nothing here, for mean E₀ is too high; the causal tests decided alone.</summary>
    LocationConfounded,

    /// <summary>κ cannot be told from chance; the causal tests decided alone. A weak method, bad masks or a cue on the object would look like this.</summary>
    FocusUndecided,

    /// <summary>Focus is lower than that of the other classes, but causal tests exclude that the background of this class is used.</summary>
    FlagNotConfirmed,

    /// <summary>κ lies below its floor, but causal tests exclude that the background is used: a shape that maps cover badly looks like this.</summary>
    FocusBelowNotConfirmed,

    /// <summary>Whether the maps depend on the weights was not tested: what they show may only warn, and a PASS rests on the causal tests alone.</summary>
    SanityNotRun,

    /// <summary>Accuracy is not above chance; it was judged because the model is sure of its answers.</summary>
    AccuracyAtChance,

    /// <summary>Accuracy is much lower on validation than on training items: another finding than a shortcut, told apart from it by training against validation.</summary>
    AccuracyGap,

    /// <summary>Some classes could not be judged.</summary>
    ClassesNotJudged,
}
