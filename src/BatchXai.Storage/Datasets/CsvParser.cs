using System.Text;

namespace BatchXai.Storage.Datasets;

/// <summary>One record of a CSV file.</summary>
/// <param name="Line">Line on which it begins, from 1.</param>
/// <param name="Fields">Its fields, without quotes.</param>
/// <param name="Error">What is wrong with it; null: nothing.</param>
internal sealed record CsvRecord(int Line, IReadOnlyList<string> Fields, string? Error);

/// <summary>RFC 4180, one character at a time: quoted fields may hold commas, line breaks and doubled quotes; lines end in LF, CRLF or CR.</summary>
internal sealed class CsvParser
{
    /// <summary>Longest record in characters: an open quote must not swallow a whole file into memory.</summary>
    public const int MaxRecord = 1 << 20;

    private readonly StringBuilder field = new();
    private List<string> fields = [];
    private State state;
    private string? error;
    private int line = 1;
    private int start = 1;
    private int length;
    private bool afterReturn;

    private enum State
    {
        FieldStart,
        Plain,
        Quoted,
        QuoteInQuoted,
    }

    /// <summary>True when the parser gave up: no record after the last one can be trusted.</summary>
    public bool Stopped { get; private set; }

    /// <summary>Takes one character; gives the record that it completes.</summary>
    public CsvRecord? Push(char c)
    {
        var secondOfPair = afterReturn && c == '\n';
        afterReturn = c == '\r';
        if (secondOfPair)
        {
            if (state == State.Quoted)
            {
                field.Append(c);
            }
            else
            {
                start = line;
            }

            return null;
        }

        var lineEnd = c is '\n' or '\r';
        line += lineEnd ? 1 : 0;
        if (++length > MaxRecord)
        {
            Stopped = true;
            error = state == State.Quoted ? "a quote is opened and never closed" : $"the record is longer than {MaxRecord:N0} characters";
            return End();
        }

        if (state == State.Quoted)
        {
            if (c == '"')
            {
                state = State.QuoteInQuoted;
            }
            else
            {
                field.Append(c);
            }

            return null;
        }

        if (lineEnd)
        {
            return End();
        }

        Unquoted(c);
        return null;
    }

    /// <summary>The record at the end of the file, when its line is not ended.</summary>
    public CsvRecord? Finish()
    {
        if (state == State.Quoted)
        {
            error = "a quote is opened and never closed";
        }

        return length == 0 ? null : End();
    }

    private void Unquoted(char c)
    {
        if (c == ',')
        {
            EndField();
        }
        else if (c == '"')
        {
            if (state == State.Plain)
            {
                // Stays plain: the next line may well be in order.
                error ??= "a quote stands inside a field without quotes; put the field in quotes and double the quotes inside it";
                return;
            }

            if (state == State.QuoteInQuoted)
            {
                field.Append('"');
            }

            state = State.Quoted;
        }
        else
        {
            if (state == State.QuoteInQuoted)
            {
                error ??= "text follows a closing quote; double the quotes inside a quoted field";
            }

            state = State.Plain;
            field.Append(c);
        }
    }

    private void EndField()
    {
        fields.Add(field.ToString());
        field.Clear();
        state = State.FieldStart;
    }

    private CsvRecord? End()
    {
        var empty = fields.Count == 0 && field.Length == 0 && state == State.FieldStart && error is null;
        EndField();
        var record = empty ? null : new CsvRecord(start, fields, error);
        (fields, error, start, length) = ([], null, line, 0);
        return record;
    }
}
