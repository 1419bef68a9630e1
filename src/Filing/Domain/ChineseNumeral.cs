namespace Filing.Domain;

/// <summary>Small numbers in Chinese characters, 一 to 九万九千九百九十九, with 廿 and 卅 for 二十 and 三十.</summary>
internal static class ChineseNumeral
{
    /// <summary>
    /// Reads the longest number that begins at <paramref name="at"/> and moves it behind. Blanks inside are passed over.
    /// A row of plain digits (二○) is read digit by digit; 十 stands for 一十.
    /// </summary>
    public static bool TryRead(string text, ref int at, out int number)
    {
        number = 0;
        var (total, section, digit, lastUnit, digits, end) = (0, 0, -1, 100_000, 0, at);
        for (var next = at; next < text.Length; next++)
        {
            var c = text[next];
            if (Glyph.IsBlank(c))
                continue;

            var unit = c switch { '十' or '拾' => 10, '百' or '佰' => 100, '千' or '仟' => 1000, '万' => 10_000, '廿' => 20, '卅' => 30, _ => 0 };
            var value = unit == 0 ? Glyph.ChineseDigit(c) : -1;
            if (unit == 0 && value < 0)
                break;

            if (value >= 0)
            {
                // 二○ is a row of digits; 三百零五 has a zero that only fills.
                if (digit >= 0 && lastUnit == 100_000)
                    digit = (digit * 10) + value;
                else if (digit > 0)
                    return false;
                else
                    digit = value;
                if (++digits > 9)
                    return false;
            }
            else
            {
                if (unit is 20 or 30)
                {
                    if (digit > 0 || lastUnit <= 10)
                        return false;
                    section += unit;
                    lastUnit = 10;
                }
                else if (unit == 10_000)
                {
                    if (lastUnit <= 10_000 && total > 0)
                        return false;
                    total = (section + Math.Max(digit, 0)) * 10_000;
                    (section, lastUnit) = (0, 10_000);
                }
                else
                {
                    if (unit >= lastUnit || digit > 9)
                        return false;
                    section += Math.Max(digit, digit < 0 || (digit == 0 && section + total > 0) ? 1 : 0) * unit;
                    lastUnit = unit;
                }

                digit = -1;
            }

            end = next + 1;
        }

        if (end == at)
            return false;
        at = end;
        number = total + section + Math.Max(digit, 0);
        return true;
    }
}
