namespace BatchXai.Attribution.Causal;

/// <summary>How the place of a removed object is filled. Whatever holds for one style only may be an artefact of the filling.</summary>
public enum FillStyle
{
    /// <summary>The values around it diffuse into it: the solution of Laplace's equation.</summary>
    Diffusion,

    /// <summary>The weighted mean of its surroundings, by a wide Gaussian.</summary>
    Blur,
}
