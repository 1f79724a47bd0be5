"""Trispike's stages once a week, each a task that can be run again: what is finished is skipped.

Wants apache-airflow-providers-apache-spark, a connection spark_default to the cluster, and /opt/trispike with conf/ and
the jar of `mvn -Pdist package` as trispike.jar.
"""

from datetime import datetime, timedelta
from pathlib import Path

from airflow import DAG
from airflow.providers.apache.spark.operators.spark_submit import SparkSubmitOperator

HOME = Path("/opt/trispike")

# Airflow puts the day of the run into the arguments.
STAGES = {
    "shard": ["shard", "--config", "/opt/trispike/conf/shapes.conf", "--set", "data.triplets=s3a://BUCKET/shapes/triplets.csv",
              "--set", "run.dir=s3a://BUCKET/runs/{{ ds }}"],
    "embed": ["embed", "--config", "/opt/trispike/conf/shapes.conf", "--set", "data.triplets=s3a://BUCKET/shapes/triplets.csv",
              "--set", "run.dir=s3a://BUCKET/runs/{{ ds }}"],
    "pretrain": ["pretrain", "--config", "/opt/trispike/conf/shapes.conf", "--set", "data.triplets=s3a://BUCKET/shapes/triplets.csv",
                 "--set", "run.dir=s3a://BUCKET/runs/{{ ds }}"],
    # Whatever is left: the model, its evaluation and the report.
    "finish": ["run", "--config", "/opt/trispike/conf/shapes.conf", "--set", "data.triplets=s3a://BUCKET/shapes/triplets.csv",
               "--set", "run.dir=s3a://BUCKET/runs/{{ ds }}"],
}


def spark_defaults():
    """The settings of conf/spark-defaults.conf."""
    lines = (HOME / "conf" / "spark-defaults.conf").read_text(encoding="utf-8").splitlines()
    pairs = (line.split(None, 1) for line in lines if line.strip() and not line.startswith("#"))
    return {key: value.strip() for key, value in pairs}


with DAG(
    dag_id="trispike",
    schedule="0 3 * * 0",
    start_date=datetime(2026, 1, 4),
    catchup=False,
    max_active_runs=1,
    default_args={"retries": 3, "retry_delay": timedelta(minutes=5)},
) as dag:
    conf = spark_defaults()
    before = None
    for name, arguments in STAGES.items():
        stage = SparkSubmitOperator(
            task_id=name,
            name=f"trispike-{name}",
            conn_id="spark_default",
            application=str(HOME / "trispike.jar"),
            java_class="org.trispike.jobs.Main",
            application_args=arguments,
            conf=conf,
            driver_memory="4g",
            executor_memory="8g",
        )
        if before is not None:
            before >> stage
        before = stage
