import { App } from "aws-cdk-lib";
import { engineStack } from "./engine-stack.ts";

engineStack(new App());
