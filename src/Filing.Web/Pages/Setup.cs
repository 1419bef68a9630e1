using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding.Metadata;

namespace Filing.Web.Pages;

/// <summary>Pages: signed in unless a page says otherwise; what the framework says of a form, in Chinese.</summary>
internal static class Setup
{
    public static IServiceCollection AddPages(this IServiceCollection services)
    {
        services.AddSingleton<Documents.ActRoutes>().AddRazorPages(o =>
            {
                o.Conventions.AuthorizeFolder("/").AllowAnonymousToFolder("/Portal").AllowAnonymousToPage("/SignIn").AllowAnonymousToPage("/Error");
                o.Conventions.ConfigureFilter(new AutoValidateAntiforgeryTokenAttribute());
            })
            .AddMvcOptions(o =>
            {
                Speak(o.ModelBindingMessageProvider);
                o.ModelBinderProviders.Insert(0, new Forms.DateBinder());
            });
        return services.Configure<CookieTempDataProviderOptions>(o => o.Cookie.Name = "filing-notice");
    }

    private static void Speak(DefaultModelBindingMessageProvider say)
    {
        say.SetMissingBindRequiredValueAccessor(_ => "请填写此项。");
        say.SetMissingKeyOrValueAccessor(() => "请填写此项。");
        say.SetMissingRequestBodyRequiredValueAccessor(() => "请求没有内容。");
        say.SetValueMustNotBeNullAccessor(_ => "请填写此项。");
        say.SetAttemptedValueIsInvalidAccessor((value, _) => $"“{value}”不可用。");
        say.SetNonPropertyAttemptedValueIsInvalidAccessor(value => $"“{value}”不可用。");
        say.SetUnknownValueIsInvalidAccessor(_ => "所填的值不可用。");
        say.SetNonPropertyUnknownValueIsInvalidAccessor(() => "所填的值不可用。");
        say.SetValueIsInvalidAccessor(value => $"“{value}”不可用。");
        say.SetValueMustBeANumberAccessor(_ => "请填写数字。");
        say.SetNonPropertyValueMustBeANumberAccessor(() => "请填写数字。");
    }
}
