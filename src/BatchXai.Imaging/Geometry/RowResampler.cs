using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace BatchXai.Imaging;

/// <summary>
/// Resamples an image row by row of the input's content: rows first (long contiguous sums), then columns (one four-lane vector a pixel: red, green, blue and
/// a lane to be ignored). Sums stay in floats.
/// </summary>
internal sealed class RowResampler : IDisposable
{
    private readonly RgbImage _image;
    private readonly AxisWeights _columns;
    private readonly AxisWeights _rows;
    private readonly int _length;
    private readonly float[] _sum;
    private readonly Vector4[] _row;

    public RowResampler(RgbImage image, ImageGeometry geometry)
    {
        if ((image.Width, image.Height) != (geometry.SourceWidth, geometry.SourceHeight))
        {
            throw new ArgumentException($"an image of {image.Width} × {image.Height} with a geometry for {geometry.SourceWidth} × {geometry.SourceHeight}");
        }

        (_image, _columns, _rows) = (image, geometry.Columns, geometry.Rows);
        _length = (_columns.High - _columns.Low) * 3;

        // One float more, so that the last pixel can be read as four lanes; it must be finite, for NaN · 0 is NaN.
        _sum = ArrayPool<float>.Shared.Rent(_length + 1);
        _sum[_length] = 0;
        _row = new Vector4[geometry.Content.Width];
    }

    /// <summary>Row <paramref name="y"/> of the content as red, green, blue, – on the 0 … 255 scale; valid until the next call.</summary>
    public ReadOnlySpan<Vector4> Row(int y)
    {
        var sum = _sum.AsSpan(0, _length);
        sum.Clear();
        for (var t = 0; t < _rows.Taps; t++)
        {
            var weight = _rows.Weights[(y * _rows.Taps) + t];
            if (weight != 0)
            {
                var start = (((_rows.First[y] + t) * _image.Width) + _columns.Low) * 3;
                Add(_image.Pixels.AsSpan(start, _length), weight, sum);
            }
        }

        AcrossColumns(_sum.AsSpan(0, _length + 1));
        return _row;
    }

    public void Dispose() => ArrayPool<float>.Shared.Return(_sum);

    private static void Add(ReadOnlySpan<byte> bytes, float weight, Span<float> sum)
    {
        var lanes = Vector<float>.Count;
        var factor = new Vector<float>(weight);
        var i = 0;
        for (; i <= bytes.Length - Vector<byte>.Count; i += Vector<byte>.Count)
        {
            Vector.Widen(new Vector<byte>(bytes[i..]), out var low, out var high);
            Vector.Widen(low, out var a, out var b);
            Vector.Widen(high, out var c, out var d);
            AddTo(sum[i..], a, factor);
            AddTo(sum[(i + lanes)..], b, factor);
            AddTo(sum[(i + (2 * lanes))..], c, factor);
            AddTo(sum[(i + (3 * lanes))..], d, factor);
        }

        for (; i < bytes.Length; i++)
        {
            sum[i] += bytes[i] * weight;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddTo(Span<float> sum, Vector<uint> values, Vector<float> factor) =>
        (new Vector<float>(sum) + (Vector.ConvertToSingle(Vector.AsVectorInt32(values)) * factor)).CopyTo(sum);

    private void AcrossColumns(ReadOnlySpan<float> sum)
    {
        var (taps, row) = (_columns.Taps, _row);
        var weights = _columns.Weights.AsSpan();
        for (var x = 0; x < row.Length; x++)
        {
            var at = (_columns.First[x] - _columns.Low) * 3;
            var total = Vector4.Zero;
            foreach (var weight in weights.Slice(x * taps, taps))
            {
                total += MemoryMarshal.Read<Vector4>(MemoryMarshal.AsBytes(sum.Slice(at, 4))) * weight;
                at += 3;
            }

            row[x] = total;
        }
    }
}
