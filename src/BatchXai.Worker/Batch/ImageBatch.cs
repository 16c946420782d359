using BatchXai.Worker.Decode;

namespace BatchXai.Worker.Batch;

/// <summary>Items on their way through the model together, with the items that cannot go through it, in manifest order.</summary>
/// <param name="Items">Every item of the batch.</param>
/// <param name="Inputs">Input values of the readable ones, n×C×H×W.</param>
/// <param name="Readable">Places in <paramref name="Items"/> of the readable ones, n.</param>
internal sealed record ImageBatch(IReadOnlyList<DecodedImage> Items, float[] Inputs, IReadOnlyList<int> Readable)
{
    public static ImageBatch Pack(IReadOnlyList<DecodedImage> items, int valuesPerImage)
    {
        int[] readable = [.. Enumerable.Range(0, items.Count).Where(at => items[at].Input is not null)];
        var inputs = new float[readable.Length * valuesPerImage];
        for (int row = 0; row < readable.Length; row++)
        {
            items[readable[row]].Input!.CopyTo(inputs, row * valuesPerImage);
        }

        return new(items, inputs, readable);
    }
}
