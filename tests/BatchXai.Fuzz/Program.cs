using BatchXai.Fuzz;

// fuzz COUNT [FIRST] [STATE]: damages models; STATE is a file that always names the trial that runs, in case the process dies.
// show TRIAL: the damaged model. seeds: runs every model undamaged. memory MODEL: loads and runs a model, and says what it took.
return args switch
{
    ["fuzz", var count] => Campaign.Run(int.Parse(count), 0, null),
    ["fuzz", var count, var first] => Campaign.Run(int.Parse(count), int.Parse(first), null),
    ["fuzz", var count, var first, var state] => Campaign.Run(int.Parse(count), int.Parse(first), state),
    ["show", var trial] => Campaign.Show(int.Parse(trial)),
    ["seeds"] => Campaign.RunSeeds(),
    ["memory", var model] => MemoryProbe.Run(model),
    _ => Campaign.Usage(),
};
