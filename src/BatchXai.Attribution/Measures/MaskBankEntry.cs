namespace BatchXai.Attribution.Measures;

/// <summary>One mask of the mask bank.</summary>
/// <param name="Item">Place in the dataset of the item that the mask belongs to.</param>
/// <param name="Area">Area of the mask, 0 … 1.</param>
/// <param name="Mask">Soft mask at the bank's grid, grid × grid values row by row; 0 is background, 255 object.</param>
public sealed record MaskBankEntry(long Item, double Area, byte[] Mask);
