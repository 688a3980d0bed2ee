import { type OpenAPI, OpenAPIGenerator } from "@orpc/openapi";
import { ZodToJsonSchemaConverter } from "@orpc/zod/zod4";
import { verbAccess } from "#shared/access/verb-access.ts";
import { serverContract } from "#shared/contract/server-contract.ts";
import { serverVerbs } from "./server-verbs.ts";

const webhook = {
  post: {
    operationId: "telephony.cdrWebhook",
    summary: "Call records of a phone system, signed with the source's secret",
    tags: ["telephony"],
    security: [],
    parameters: [
      { name: "X-Careboard-Source", in: "header", required: true, schema: { type: "string" } },
      {
        name: "X-Careboard-Signature",
        in: "header",
        required: true,
        description: "sha256=<hex HMAC-SHA256 of the body>",
        schema: { type: "string" },
      },
    ],
    requestBody: {
      required: true,
      content: {
        "text/plain": { schema: { type: "string", description: "Raw CDR lines, one a line" } },
        "application/json": {
          schema: { description: "A record, a list of records, or {records: [...]}; a string is a raw line" },
        },
      },
    },
    responses: {
      "200": {
        description: "OK",
        content: {
          "application/json": {
            schema: envelope({
              type: "object",
              required: ["received", "stored", "duplicates", "rejected"],
              properties: {
                received: { type: "integer" },
                stored: { type: "integer" },
                duplicates: { type: "integer" },
                rejected: { type: "integer" },
              },
            }),
          },
        },
      },
      "401": { description: "The signature is missing or wrong" },
      "413": { description: "The body is over 5 MB" },
    },
  },
};

/** The OpenAPI document of every REST path, generated from the contract, with the envelope every answer comes in. */
export async function openApiDocument(version: string): Promise<OpenAPI.Document> {
  const generator = new OpenAPIGenerator({ schemaConverters: [new ZodToJsonSchemaConverter()] });
  const document = await generator.generate(serverContract, {
    info: { title: "Careboard clinic server", version },
    servers: [{ url: "/" }],
    components: { securitySchemes: { bearer: { type: "http", scheme: "bearer", bearerFormat: "JWT" } } },
    security: [{ bearer: [] }],
    customErrorResponseBodySchema: () => ({
      type: "object",
      required: ["success", "error"],
      properties: {
        success: { const: false },
        error: {
          type: "object",
          required: ["code", "message", "requestId"],
          properties: {
            code: { type: "string" },
            message: { type: "string" },
            fields: { type: "object", additionalProperties: { type: "string" } },
            reason: { type: "string", description: "Why a session is over (401)" },
            receipt: {
              type: "string",
              description: "For POST /session/receipts, where somebody ended the session (401)",
            },
            requestId: { type: "string" },
          },
        },
      },
    }),
  });
  for (const path of Object.values(document.paths ?? {}))
    for (const operation of Object.values(path ?? {}) as OpenAPI.OperationObject[])
      for (const [status, response] of Object.entries(operation.responses ?? {})) {
        const content = (response as OpenAPI.ResponseObject).content?.["application/json"];
        if (status.startsWith("2") && content?.schema) content.schema = envelope(content.schema);
      }
  for (const { verb, method, path } of serverVerbs) {
    const operation = (document.paths?.[path] as Record<string, OpenAPI.OperationObject> | undefined)?.[method.toLowerCase()]; // prettier-ignore
    if (operation && verbAccess[verb].need === "open") operation.security = [];
  }
  const paths = { ...document.paths, "/3cx/cdr-webhook": webhook as OpenAPI.PathItemObject };
  return { ...document, paths: Object.fromEntries(Object.entries(paths).map(([path, item]) => [`/api${path}`, item])) };
}

function envelope(data: object): object {
  return {
    type: "object",
    required: ["success", "data"],
    properties: { success: { const: true }, data },
  };
}
