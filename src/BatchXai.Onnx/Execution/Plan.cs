namespace BatchXai.Onnx.Execution;

/// <summary>
/// A computation ready to run: steps over numbered slots, with constants already in theirs, and for each step the slots
/// whose tensors nobody reads afterwards.
/// </summary>
internal sealed class Plan
{
    private readonly List<Instruction> instructions = [];
    private readonly Dictionary<string, int> slotOf = [];
    private readonly List<Value?> template = [];
    private readonly HashSet<int> passedOn = [];
    private IReadOnlyList<string> fetches = [];

    private Plan()
    {
    }

    private sealed record Instruction(PlanStep Step, int[] Inputs, int[] Outputs)
    {
        public int[] LastUses { get; set; } = [];
    }

    public static Plan Of(IReadOnlyList<PlanStep> steps, IReadOnlySet<string> feeds, IReadOnlyList<string> fetches, Func<string, bool> isConstant, ConstantStore constants)
    {
        var plan = new Plan { fetches = fetches };
        foreach (var name in steps.SelectMany(step => step.Inputs).Select(input => input.Name).Concat(fetches).Where(name => name.Length > 0 && !feeds.Contains(name) && isConstant(name)))
        {
            plan.template[plan.Slot(name)] = constants.Get(name);
        }

        foreach (var step in steps)
        {
            plan.instructions.Add(new Instruction(step, [.. step.Inputs.Select(plan.Slot)], [.. step.Node.Outputs.Select(output => output.Length == 0 ? -1 : plan.Slot(output))]));
        }

        foreach (var name in feeds.Concat(fetches))
        {
            plan.Slot(name);
        }

        plan.passedOn.UnionWith(feeds.Select(plan.Slot));
        plan.FindLastUses(feeds);
        return plan;
    }

    /// <summary>Runs the steps. The values of the fetches, in their order, are the caller's; fed ones stay whose they were.</summary>
    public Value[] Run(IEnumerable<KeyValuePair<string, Value>> feeds, ExecutionSettings settings)
    {
        var slots = template.ToArray();
        foreach (var (name, value) in feeds)
        {
            slots[slotOf[name]] = value;
        }

        foreach (var instruction in instructions)
        {
            settings.Steps.Take();
            Execute(instruction, slots, settings);
        }

        // A fetch asked for twice is two values, each with its own end.
        var handedOut = passedOn.ToHashSet();
        return [.. fetches.Select(name => handedOut.Add(slotOf[name]) ? slots[slotOf[name]]! : slots[slotOf[name]]!.Share())];
    }

    private static void Execute(Instruction instruction, Value?[] slots, ExecutionSettings settings)
    {
        var step = instruction.Step;
        var inputs = new Value?[instruction.Inputs.Length];
        for (var i = 0; i < inputs.Length; i++)
        {
            inputs[i] = instruction.Inputs[i] < 0 ? null : slots[instruction.Inputs[i]];
        }

        var outputs = NodeRunner.Run(step.Node, step.Opset, step.Kernel, inputs, settings);
        for (var i = 0; i < outputs.Length; i++)
        {
            if (i < instruction.Outputs.Length && instruction.Outputs[i] >= 0)
            {
                slots[instruction.Outputs[i]] = outputs[i];
            }
            else
            {
                outputs[i].Release();
            }
        }

        foreach (var slot in instruction.LastUses)
        {
            slots[slot]?.Release();
            slots[slot] = null;
        }
    }

    private int Slot(StepInput input)
    {
        if (input.Constant is null)
        {
            return input.Name.Length == 0 ? -1 : Slot(input.Name);
        }

        template.Add(input.Constant);
        return template.Count - 1;
    }

    private int Slot(string name)
    {
        if (!slotOf.TryGetValue(name, out var slot))
        {
            slot = slotOf[name] = template.Count;
            template.Add(null);
        }

        return slot;
    }

    private void FindLastUses(IReadOnlySet<string> feeds)
    {
        var kept = feeds.Concat(fetches).Select(Slot).ToHashSet();
        var seen = new HashSet<int>();
        foreach (var instruction in Enumerable.Reverse(instructions))
        {
            instruction.LastUses = [.. instruction.Inputs.Concat(instruction.Outputs)
                .Where(slot => slot >= 0 && template[slot] is null && !kept.Contains(slot) && seen.Add(slot))];
        }
    }
}
