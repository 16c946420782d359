namespace BatchXai.Attribution.Models;

/// <summary>How scores z become probabilities.</summary>
public enum ScoreKind
{
    /// <summary>softmax(z) over the classes.</summary>
    Softmax,

    /// <summary>One output z: sigmoid(z) is the probability of class 1; the score of class 1 is +z, of class 0 −z.</summary>
    BinarySigmoid,
}
