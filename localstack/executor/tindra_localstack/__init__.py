"""A way for LocalStack to run Lambda functions without docker: LAMBDA_RUNTIME_EXECUTOR=node-process."""

from localstack.services.lambda_.invocation.plugins import RuntimeExecutorPlugin


class NodeProcessPlugin(RuntimeExecutorPlugin):
    name = "node-process"

    def load(self, *_args, **_kwargs):
        from .executor import NodeProcessExecutor

        return NodeProcessExecutor
