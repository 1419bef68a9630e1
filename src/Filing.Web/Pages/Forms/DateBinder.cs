using Filing.Domain;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Filing.Web.Pages.Forms;

/// <summary>Reads a date as people type it: 2013-04-02, 2013年4月2日, 二○一三年四月二日, 20130402. What is none is said so, and stays in the field.</summary>
internal sealed class DateBinder : IModelBinder, IModelBinderProvider
{
    public IModelBinder? GetBinder(ModelBinderProviderContext context) => context.Metadata.UnderlyingOrModelType == typeof(DateOnly) ? this : null;

    public Task BindModelAsync(ModelBindingContext bindingContext)
    {
        var given = bindingContext.ValueProvider.GetValue(bindingContext.ModelName);
        if (given == ValueProviderResult.None) return Task.CompletedTask;
        bindingContext.ModelState.SetModelValue(bindingContext.ModelName, given);
        if (string.IsNullOrWhiteSpace(given.FirstValue))
        {
            if (bindingContext.ModelMetadata.IsReferenceOrNullableType) bindingContext.Result = ModelBindingResult.Success(null);
            else bindingContext.ModelState.TryAddModelError(bindingContext.ModelName, "请填写日期。");
        }
        else if (ChineseDate.TryParse(given.FirstValue, out var date))
        {
            bindingContext.Result = ModelBindingResult.Success(date);
        }
        else
        {
            bindingContext.ModelState.TryAddModelError(bindingContext.ModelName, $"“{Short(given.FirstValue)}”不是日期。可以写作 2013-04-02、2013年4月2日或二○一三年四月二日。");
        }

        return Task.CompletedTask;
    }

    private static string Short(string text) => text.Length > 30 ? text[..30] + "…" : text;
}
