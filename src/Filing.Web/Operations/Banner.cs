using Filing.Domain;
using Filing.Pipeline;

namespace Filing.Web.Operations;

/// <summary>What every page must say above all else: that this is no register of record.</summary>
/// <param name="clock">The clock of the law.</param>
/// <param name="wasMoved">Whether the data folder remembers a moved clock.</param>
/// <param name="demo">Whether the register is marked as a demonstration.</param>
public sealed class Banner(LegalClock clock, bool wasMoved, bool demo)
{
    /// <summary>True when the register is marked as a demonstration.</summary>
    public bool Demo { get; } = demo;

    /// <summary>The sentences, in order; none for a register of record.</summary>
    public IEnumerable<string> Lines
    {
        get
        {
            if (Demo) yield return "演示数据：其中的人员与案件均为虚构。";
            if (clock.Moved) yield return $"系统时钟已移动，当前为 {ChineseDate.Format(clock.Today)}，不是真实日期。";
            else if (wasMoved) yield return "本数据文件夹曾在移动的时钟下使用，其中的日期不全是真实日期。";
        }
    }
}
