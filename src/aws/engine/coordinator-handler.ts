import { HttpInvokeClient } from "../lambda/http-invoke-client.ts";
import type { LambdaContext } from "../lambda/lambda-context.ts";
import { credentialChain } from "../s3/credentials.ts";
import { S3Client } from "../s3/s3-client.ts";
import { s3SettingsOf } from "../s3/s3-settings.ts";
import { Coordinator } from "./coordinator.ts";
import type { CoordinatorAnswer, CoordinatorRequest } from "./coordinator-message.ts";
import { engineEnvironment, positive, required, taskMemoryBytes } from "./engine-environment.ts";
import { engineStores } from "./engine-stores.ts";
import { SignedRequests } from "./signed-requests.ts";

type Handler = (request: CoordinatorRequest, context: LambdaContext) => Promise<CoordinatorAnswer>;

/** The coordinator's handler. Footers and connections last as long as the environment. */
export function coordinatorHandler(env: NodeJS.ProcessEnv): Handler {
  const environment = engineEnvironment(env);
  const credentials = credentialChain(env);
  const concurrency = positive(env, "TINDRA_CONCURRENCY");
  const s3 = new S3Client(s3SettingsOf(env), credentials);
  const stores = engineStores(s3, environment);
  const { region, endpoint, memoryMb } = environment;
  const coordinator = new Coordinator({
    stores,
    client: new HttpInvokeClient(new SignedRequests({ region, credentials, endpoint })),
    executor: required(env, "TINDRA_EXECUTOR"),
    concurrency,
    memoryBytes: taskMemoryBytes(memoryMb),
    billing: {
      region,
      architecture: environment.architecture,
      executorMb: memoryMb,
      coordinatorMb: Number(env["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"]) || memoryMb,
    },
    usage: () => s3.usage,
  });
  return (request, context) => coordinator.handle(request, context);
}
