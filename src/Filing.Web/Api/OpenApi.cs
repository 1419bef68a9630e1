using System.Text.Json.Nodes;
using Filing.Domain;
using Filing.Pipeline;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Filing.Web.Api;

/// <summary>What the OpenAPI document must say beyond what the framework sees: codes of enumerations, keys, refusals with their codes, parameters of queries.</summary>
internal static class OpenApi
{
    public static void Describe(OpenApiOptions options)
    {
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info.Title = "规范性文件备案登记系统";
            document.Info.Version = "v1";
            document.Info.Description = "错误为 application/problem+json，含稳定的 code 与 traceId。程序以 Authorization: Bearer 密钥访问。";
            document.Components ??= new OpenApiComponents();
            document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme> { ["key"] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer" } };
            document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference("key", document)] = [] }];
            return Task.CompletedTask;
        });
        options.AddSchemaTransformer((schema, context, _) =>
        {
            var type = Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type;
            if (!type.IsEnum) return Task.CompletedTask;
            schema.Type = JsonSchemaType.String;
            schema.Enum = [.. Enum.GetNames(type).Select(n => (JsonNode)Kebab.Case(n))];
            return Task.CompletedTask;
        });
        options.AddOperationTransformer(async (operation, context, ct) =>
        {
            var metadata = context.Description.ActionDescriptor.EndpointMetadata;
            var command = metadata.OfType<CommandInfo>().FirstOrDefault();
            if (metadata.OfType<QueryParameters>().FirstOrDefault() is { } query) await ParametersAsync(operation, context, query.Query, ct);
            if (command is not null) AddKey(operation, command);
            AddRefusals(operation, command is null ? [] : ErrorCodes.Of(command.Type));
        });
    }

    private static void AddKey(OpenApiOperation operation, CommandInfo command) => (operation.Parameters ??= []).Add(new OpenApiParameter
    {
        Name = Commands.KeyHeader,
        In = ParameterLocation.Header,
        Required = command.Once,
        Schema = new OpenApiSchema { Type = JsonSchemaType.String, MinLength = 1, MaxLength = 200 },
        Description = "幂等键：同一键、同一内容得到同一答复，不会重复办理；保留 30 天。",
    });

    private static void AddRefusals(OpenApiOperation operation, IReadOnlyList<string> codes)
    {
        (operation.Responses ??= []).Add("default", new OpenApiResponse
        {
            Description = codes.Count == 0 ? "未能完成，见 code。" : $"未能办理，见 code。本动作特有的 code：{string.Join("、", codes)}。",
            Content = new Dictionary<string, OpenApiMediaType> { [Problems.MediaType] = new() { Schema = ProblemSchema() } },
        });
    }

    private static OpenApiSchema ProblemSchema()
    {
        static OpenApiSchema Of(JsonSchemaType type) => new() { Type = type };
        return new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Required = new HashSet<string> { "type", "title", "status", "code", "traceId" },
            Properties = new Dictionary<string, IOpenApiSchema>
            {
                ["type"] = Of(JsonSchemaType.String),
                ["title"] = Of(JsonSchemaType.String),
                ["status"] = Of(JsonSchemaType.Integer),
                ["detail"] = Of(JsonSchemaType.String),
                ["code"] = Of(JsonSchemaType.String),
                ["field"] = Of(JsonSchemaType.String),
                ["line"] = Of(JsonSchemaType.Integer),
                ["traceId"] = Of(JsonSchemaType.String),
            },
        };
    }

    private static async Task ParametersAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, Type query, CancellationToken ct)
    {
        var route = context.Description.RelativePath ?? "";
        operation.Parameters = [];
        foreach (var member in Json.Options.GetTypeInfo(query).Properties)
        {
            var inRoute = route.Contains($"{{{member.Name}}}", StringComparison.OrdinalIgnoreCase);
            operation.Parameters.Add(new OpenApiParameter
            {
                Name = member.Name,
                In = inRoute ? ParameterLocation.Path : ParameterLocation.Query,
                Required = inRoute || member.AssociatedParameter is { HasDefaultValue: false },
                Schema = await context.GetOrCreateSchemaAsync(member.PropertyType, cancellationToken: ct),
            });
        }
    }
}
