package dev.modelmill.api;

import dev.modelmill.job.Job;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.RequestBody;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.info.BuildProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Describes the API at {@code /v3/api-docs}: what springdoc can't see in the methods is said here. */
@Configuration(proxyBeanMethods = false)
class OpenApiConfiguration {

    private static final String PROBLEM = "application/problem+json";

    @Bean
    OpenAPI openApi(ObjectProvider<BuildProperties> build) {
        BuildProperties properties = build.getIfAvailable();
        return new OpenAPI()
                .info(new Info()
                        .title("Modelmill")
                        .description(
                                "Runs a heavy model over a large set of tasks on a small number of reusable workers")
                        .version(properties == null ? "unknown" : properties.getVersion())
                        .license(new License().name("Apache-2.0")))
                .components(new Components());
    }

    @Bean
    OpenApiCustomizer problemsAndStreams() {
        return api -> {
            ModelConverters.getInstance().readAll(Problem.class).forEach(api.getComponents()::addSchemas);
            ModelConverters.getInstance().readAll(Job.class).forEach(api.getComponents()::addSchemas);
            ModelConverters.getInstance().readAll(RestartBody.class).forEach(api.getComponents()::addSchemas);
            ModelConverters.getInstance().readAll(JobBody.class).forEach(api.getComponents()::addSchemas);
            api.getPaths().values().forEach(path -> path.readOperations().forEach(OpenApiConfiguration::addProblems));
            api.getComponents().getSchemas().get("Job").addProperty("request", new Schema<>().type("object"));
            describeSubmission(api.getPaths().get("/jobs").getPost());
            describeCancel(api.getPaths().get("/jobs/{id}/cancel").getPost());
            describeRestart(api.getPaths().get("/jobs/{id}/restart").getPost());
            describeProgress(api.getPaths().get("/jobs/{id}/progress").getGet());
            describeLines(api.getPaths().get("/jobs/{id}/results").getGet(), true);
            describeLines(api.getPaths().get("/jobs/{id}/errors").getGet(), true);
            describeLines(api.getPaths().get("/jobs/{id}/logs").getGet(), false);
        };
    }

    private static void addProblems(Operation operation) {
        operation
                .getResponses()
                .addApiResponse(
                        "default",
                        new ApiResponse()
                                .description("A problem: 400, 404, 406, 409, 413, 415, 422, 503 or 507")
                                .content(content(PROBLEM, reference("Problem"))));
    }

    private static void describeSubmission(Operation operation) {
        Schema<?> multipart = new Schema<>()
                .type("object")
                .addProperty("job", reference("JobBody"))
                .addProperty("input", new StringSchema().format("binary"));
        multipart.addRequiredItem("job");
        operation.requestBody(new RequestBody()
                .required(true)
                .content(content("application/json", reference("JobBody"))
                        .addMediaType("multipart/form-data", new MediaType().schema(multipart))));
        ApiResponses responses = operation.getResponses();
        responses.addApiResponse(
                "202",
                new ApiResponse()
                        .description("The job, durable; Location names it")
                        .content(content("application/json", reference("Job"))));
        responses.addApiResponse(
                "200",
                new ApiResponse()
                        .description("With dryRun: the first ten tasks checked against the model, nothing stored."
                                + " Else: the job that was taken in before under the same Idempotency-Key")
                        .content(content("application/json", new Schema<>().type("object"))));
        operation.getParameters().stream()
                .filter(parameter -> parameter.getName().equals(SubmissionController.IDEMPOTENCY_KEY))
                .forEach(parameter -> parameter
                        .description("The same submission sent again under the same key gives the same job")
                        .schema(new StringSchema().minLength(1).maxLength(255)));
    }

    private static void describeRestart(Operation operation) {
        operation.requestBody(
                new RequestBody().required(false).content(content("application/json", reference("RestartBody"))));
        operation.getResponses().get("202").description("The job, which waits again");
    }

    private static void describeCancel(Operation operation) {
        operation
                .getResponses()
                .addApiResponse(
                        "202",
                        new ApiResponse()
                                .description("The job, which is being cancelled")
                                .content(content("application/json", reference("Job"))));
        operation.getResponses().get("200").description("The job, which had ended and is unchanged");
    }

    private static void describeProgress(Operation operation) {
        operation
                .getResponses()
                .addApiResponse(
                        "200",
                        new ApiResponse()
                                .description("Events progress, log, dropped and end; their data is JSON."
                                        + " The job where Accept prefers JSON")
                                .content(content("text/event-stream", new StringSchema())
                                        .addMediaType("application/json", new MediaType().schema(reference("Job")))));
    }

    private static void describeLines(Operation operation, boolean asCsv) {
        Content content = content(Download.NDJSON, new StringSchema());
        if (asCsv) {
            content.addMediaType("text/csv", new MediaType().schema(new StringSchema()));
        }
        operation
                .getResponses()
                .addApiResponse(
                        "200",
                        new ApiResponse().description("One JSON object a line").content(content));
    }

    private static Content content(String type, Schema<?> schema) {
        return new Content().addMediaType(type, new MediaType().schema(schema));
    }

    private static Schema<?> reference(String name) {
        return new Schema<>().$ref("#/components/schemas/" + name);
    }
}
