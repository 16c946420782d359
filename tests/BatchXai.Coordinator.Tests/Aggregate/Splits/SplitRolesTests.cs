using BatchXai.Coordinator.Aggregate.Splits;
using Xunit;

namespace BatchXai.Coordinator.Tests.Aggregate.Splits;

public sealed class SplitRolesTests
{
    [Theory]
    [InlineData("train test", "train", "test")]
    [InlineData("Training VAL", "Training", "VAL")]
    [InlineData("test train validation", "train", "validation")]
    [InlineData("extra train valid", "train", "valid")]
    public void Names_tell_the_roles_in_any_case_and_validation_goes_before_test(string names, string training, string validation) =>
        Assert.Equal(new(training, validation), SplitRoles.Of(names.Split(' ')));

    [Theory]
    [InlineData("all")]
    [InlineData("train")]
    [InlineData("test val")]
    [InlineData("train Training val")]
    [InlineData("train val validation")]
    [InlineData("train val2")]
    public void One_of_each_is_needed(string names) => Assert.Null(SplitRoles.Of(names.Split(' ')));
}
