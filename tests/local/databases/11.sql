BEGIN TRANSACTION;
CREATE TABLE alert_rules (name TEXT PRIMARY KEY COLLATE NOCASE, entity TEXT NOT NULL) STRICT;
CREATE TABLE batch_deployments (name TEXT PRIMARY KEY COLLATE NOCASE, entity TEXT NOT NULL) STRICT;
CREATE TABLE batch_endpoints (name TEXT PRIMARY KEY COLLATE NOCASE, entity TEXT NOT NULL) STRICT;
CREATE TABLE computes (
            name TEXT PRIMARY KEY COLLATE NOCASE,
            created TEXT NOT NULL,
            wanted TEXT NOT NULL DEFAULT 'Running',
            entity TEXT NOT NULL
        ) STRICT
        ;
INSERT INTO "computes" VALUES('cpu','2026-11-20T12:00:00+00:00','Running','{"name":"cpu","type":"amlcompute","state":"Running","description":"","tags":{},"size":"","tier":"dedicated","min_nodes":0,"max_nodes":4,"idle_seconds_before_scale_down":120,"idle_minutes_before_shutdown":null,"schedules":[],"resource_id":"","busy_nodes":0,"idle_nodes":0,"created":"2026-11-20T12:00:00Z","notes":[]}');
CREATE TABLE connections (
            name TEXT PRIMARY KEY COLLATE NOCASE,
            entity TEXT NOT NULL
        ) STRICT
        ;
CREATE TABLE content_hashes (
            path TEXT PRIMARY KEY,
            size INTEGER NOT NULL,
            changed TEXT NOT NULL,
            hash TEXT NOT NULL
        ) STRICT
        ;
CREATE TABLE data_assets (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            name TEXT NOT NULL COLLATE NOCASE,
            version TEXT NOT NULL COLLATE NOCASE,
            entity TEXT NOT NULL, archived INTEGER NOT NULL DEFAULT 0,
            UNIQUE (name, version)
        ) STRICT
        ;
INSERT INTO "data_assets" VALUES(1,'digits','1','{"name":"digits","version":"1","type":"uri_file","path":"/home/ada/digits.csv","description":"","tags":{},"created":"2026-11-20T12:00:00Z","job":null}',0);
CREATE TABLE data_labels (
            name TEXT NOT NULL COLLATE NOCASE,
            label TEXT NOT NULL COLLATE NOCASE,
            asset INTEGER NOT NULL REFERENCES data_assets (id) ON DELETE CASCADE,
            PRIMARY KEY (name, label)
        ) STRICT
        ;
CREATE TABLE data_reads (
            asset INTEGER NOT NULL REFERENCES data_assets (id) ON DELETE CASCADE,
            job INTEGER NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
            PRIMARY KEY (asset, job)
        ) STRICT
        ;
CREATE TABLE datastores (
            name TEXT PRIMARY KEY COLLATE NOCASE,
            entity TEXT NOT NULL,
            is_default INTEGER NOT NULL DEFAULT 0
        ) STRICT
        ;
INSERT INTO "datastores" VALUES('lake','{"name":"lake","type":"azure_blob","description":"","tags":{},"account_name":"a","container_name":"c","endpoint":"","protocol":"https","path":"","credentials":"none","is_default":false,"created":null}',1);
CREATE TABLE deployments (
            endpoint TEXT NOT NULL COLLATE NOCASE,
            name TEXT NOT NULL COLLATE NOCASE,
            entity TEXT NOT NULL,
            revision INTEGER NOT NULL DEFAULT 1,
            settled INTEGER NOT NULL DEFAULT 0,
            serving INTEGER NOT NULL DEFAULT 0,
            state TEXT NOT NULL DEFAULT 'Creating',
            reason TEXT NOT NULL DEFAULT '',
            leaving INTEGER NOT NULL DEFAULT 0,
            PRIMARY KEY (endpoint, name)
        ) STRICT
        ;
INSERT INTO "deployments" VALUES('churn','blue','{"name":"blue","endpoint_name":"churn","model":"azureml:churn:1","code_configuration":null,"environment":"","environment_variables":{},"instance_type":"","instance_count":1,"request_settings":{"request_timeout_ms":5000,"max_concurrent_requests_per_instance":1,"max_queue_wait_ms":500},"liveness_probe":{"initial_delay":10,"period":10,"timeout":2,"success_threshold":1,"failure_threshold":30},"readiness_probe":{"initial_delay":10,"period":10,"timeout":2,"success_threshold":1,"failure_threshold":30},"data_collector":null,"scale_settings":{},"app_insights_enabled":false,"description":"","tags":{},"properties":{},"state":"Creating","reason":null,"is_answering":false,"created":null,"notes":[]}',1,1,0,'Succeeded','',0);
CREATE TABLE endpoints (
            name TEXT PRIMARY KEY COLLATE NOCASE,
            entity TEXT NOT NULL,
            keys TEXT NOT NULL DEFAULT '[]',
            leaving INTEGER NOT NULL DEFAULT 0
        ) STRICT
        ;
INSERT INTO "endpoints" VALUES('churn','{"name":"churn","auth_mode":"key","description":"","tags":{},"properties":{},"identity":{},"public_network_access":"","traffic":{"blue":100},"mirror_traffic":{},"state":"Creating","reason":null,"scoring_uri":"","openapi_uri":"","created":null,"notes":[]}','[]',0);
CREATE TABLE environments (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            name TEXT NOT NULL COLLATE NOCASE,
            version TEXT NOT NULL COLLATE NOCASE,
            digest TEXT NOT NULL,
            archived INTEGER NOT NULL DEFAULT 0,
            entity TEXT NOT NULL,
            UNIQUE (name, version)
        ) STRICT
        ;
CREATE TABLE job_states (
            seq INTEGER PRIMARY KEY AUTOINCREMENT,
            job INTEGER NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
            status TEXT NOT NULL,
            reason TEXT NOT NULL
        ) STRICT
        ;
INSERT INTO "job_states" VALUES(1,1,'Queued','');
INSERT INTO "job_states" VALUES(2,1,'Starting','{"code":"KernelStarting","values":{},"message":"The kernel is starting."}');
INSERT INTO "job_states" VALUES(3,1,'Running','');
INSERT INTO "job_states" VALUES(4,1,'Completed','{"code":"Finished","values":{},"message":"All cells ran."}');
INSERT INTO "job_states" VALUES(5,2,'Queued','');
INSERT INTO "job_states" VALUES(6,2,'Starting','{"code":"KernelStarting","values":{},"message":"The kernel is starting."}');
INSERT INTO "job_states" VALUES(7,2,'Running','');
INSERT INTO "job_states" VALUES(8,2,'Failed','{"code":"CellFailed","values":{"cell":2,"ename":"ValueError","evalue":"too small"},"message":"Cell 2 raised ValueError: too small"}');
INSERT INTO "job_states" VALUES(9,3,'Queued','');
INSERT INTO "job_states" VALUES(10,3,'Starting','{"code":"KernelStarting","values":{},"message":"The kernel is starting."}');
INSERT INTO "job_states" VALUES(11,3,'Running','');
INSERT INTO "job_states" VALUES(12,3,'Canceled','{"code":"CanceledByUser","values":{},"message":"Canceled on request."}');
INSERT INTO "job_states" VALUES(13,4,'Queued','');
CREATE TABLE job_tags (
            job INTEGER NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
            name TEXT NOT NULL COLLATE NOCASE,
            value TEXT NOT NULL,
            PRIMARY KEY (job, name)
        ) STRICT
        ;
INSERT INTO "job_tags" VALUES(1,'team','blue');
INSERT INTO "job_tags" VALUES(2,'team','blue');
INSERT INTO "job_tags" VALUES(3,'team','blue');
INSERT INTO "job_tags" VALUES(4,'team','blue');
CREATE TABLE jobs (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            name TEXT NOT NULL UNIQUE COLLATE NOCASE,
            status TEXT NOT NULL,
            experiment TEXT NOT NULL COLLATE NOCASE,
            compute TEXT NOT NULL COLLATE NOCASE,
            created TEXT NOT NULL,
            cancel_requested INTEGER NOT NULL DEFAULT 0,
            entity TEXT NOT NULL
        , type TEXT NOT NULL DEFAULT 'notebook', display_name TEXT NOT NULL DEFAULT '' COLLATE NOCASE, description TEXT NOT NULL DEFAULT '' COLLATE NOCASE, started TEXT NOT NULL DEFAULT '', ended TEXT NOT NULL DEFAULT '', archived INTEGER NOT NULL DEFAULT 0, priority INTEGER NOT NULL DEFAULT 0, nodes INTEGER NOT NULL DEFAULT 1, fingerprint TEXT NOT NULL DEFAULT '') STRICT
        ;
INSERT INTO "jobs" VALUES(1,'amber_fern_1completed','Completed','churn','local','2026-11-20T12:00:00+00:00',0,'{"name":"amber_fern_1completed","display_name":"Été amber_fern_1completed","experiment":"churn","type":"notebook","spec":{"type":"notebook","notebook":"train.ipynb","code":"/home/ada/churn","parameters":{"lr":0.1,"n":"NaN"},"kernel_name":"python3","execution_timeout":null,"compute":"local","experiment":"churn","display_name":"Été amber_fern_1completed","tags":{"team":"blue"},"environment_variables":{}},"status":"Completed","reason":{"code":"Finished","values":{},"message":"All cells ran."},"created":"2026-11-20T12:00:00Z","started":"2026-11-21T05:16:18.320915Z","ended":"2026-11-21T05:16:18.321009Z","compute":"local","parameters":{"lr":0.1,"n":"NaN"},"outputs":{},"tags":{"team":"blue"},"parent":null,"snapshot":"0000000000000000000000000000000000000000000000000000000000000000","git":{},"owner":"ada","progress":{"cell":2,"cells":3},"metrics":[{"key":"loss","last":0.1,"min":0.1,"max":1.0,"count":10,"step":9}]}','notebook','Été amber_fern_1completed','','2026-11-21T05:16:18.320915Z','2026-11-21T05:16:18.321009Z',0,0,1,'');
INSERT INTO "jobs" VALUES(2,'brave_dune_2failed','Failed','churn','local','2026-11-20T12:01:00+00:00',0,'{"name":"brave_dune_2failed","display_name":"Été brave_dune_2failed","experiment":"churn","type":"notebook","spec":{"type":"notebook","notebook":"train.ipynb","code":"/home/ada/churn","parameters":{"lr":0.1,"n":"NaN"},"kernel_name":"python3","execution_timeout":null,"compute":"local","experiment":"churn","display_name":"Été brave_dune_2failed","tags":{"team":"blue"},"environment_variables":{}},"status":"Failed","reason":{"code":"CellFailed","values":{"cell":2,"ename":"ValueError","evalue":"too small"},"message":"Cell 2 raised ValueError: too small"},"created":"2026-11-20T12:01:00Z","started":"2026-11-21T05:16:18.323066Z","ended":"2026-11-21T05:16:18.323142Z","compute":"local","parameters":{"lr":0.1,"n":"NaN"},"outputs":{},"tags":{"team":"blue"},"parent":null,"snapshot":"0000000000000000000000000000000000000000000000000000000000000000","git":{},"owner":"ada","progress":{"cell":2,"cells":3},"metrics":[{"key":"loss","last":0.1,"min":0.1,"max":1.0,"count":10,"step":9}]}','notebook','Été brave_dune_2failed','','2026-11-21T05:16:18.323066Z','2026-11-21T05:16:18.323142Z',0,0,1,'');
INSERT INTO "jobs" VALUES(3,'calm_otter_3canceled','Canceled','churn','local','2026-11-20T12:02:00+00:00',0,'{"name":"calm_otter_3canceled","display_name":"Été calm_otter_3canceled","experiment":"churn","type":"notebook","spec":{"type":"notebook","notebook":"train.ipynb","code":"/home/ada/churn","parameters":{"lr":0.1,"n":"NaN"},"kernel_name":"python3","execution_timeout":null,"compute":"local","experiment":"churn","display_name":"Été calm_otter_3canceled","tags":{"team":"blue"},"environment_variables":{}},"status":"Canceled","reason":{"code":"CanceledByUser","values":{},"message":"Canceled on request."},"created":"2026-11-20T12:02:00Z","started":"2026-11-21T05:16:18.325280Z","ended":"2026-11-21T05:16:18.325388Z","compute":"local","parameters":{"lr":0.1,"n":"NaN"},"outputs":{},"tags":{"team":"blue"},"parent":null,"snapshot":"0000000000000000000000000000000000000000000000000000000000000000","git":{},"owner":"ada","progress":{"cell":2,"cells":3},"metrics":[{"key":"loss","last":0.1,"min":0.1,"max":1.0,"count":10,"step":9}]}','notebook','Été calm_otter_3canceled','','2026-11-21T05:16:18.325280Z','2026-11-21T05:16:18.325388Z',0,0,1,'');
INSERT INTO "jobs" VALUES(4,'coral_heron_4queued','Queued','churn','local','2026-11-20T12:03:00+00:00',1,'{"name":"coral_heron_4queued","display_name":"Été coral_heron_4queued","experiment":"churn","type":"notebook","spec":{"type":"notebook","notebook":"train.ipynb","code":"/home/ada/churn","parameters":{"lr":0.1,"n":"NaN"},"kernel_name":"python3","execution_timeout":null,"compute":"local","experiment":"churn","display_name":"Été coral_heron_4queued","tags":{"team":"blue"},"environment_variables":{}},"status":"Queued","reason":null,"created":"2026-11-20T12:03:00Z","started":null,"ended":null,"compute":"local","parameters":{"lr":0.1,"n":"NaN"},"outputs":{},"tags":{"team":"blue"},"parent":null,"snapshot":"0000000000000000000000000000000000000000000000000000000000000000","git":{},"owner":"ada","progress":null,"metrics":[]}','notebook','Été coral_heron_4queued','','','',0,0,1,'');
CREATE TABLE model_aliases (
            model INTEGER NOT NULL REFERENCES models ON DELETE CASCADE,
            alias TEXT NOT NULL,
            version INTEGER NOT NULL REFERENCES model_versions ON DELETE CASCADE,
            PRIMARY KEY (model, alias)
        ) STRICT, WITHOUT ROWID
        ;
CREATE TABLE model_files (
            version INTEGER NOT NULL REFERENCES model_versions ON DELETE CASCADE,
            path TEXT NOT NULL,
            size INTEGER NOT NULL,
            hash TEXT NOT NULL,
            PRIMARY KEY (version, path)
        ) STRICT, WITHOUT ROWID
        ;
CREATE TABLE model_versions (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            model INTEGER NOT NULL REFERENCES models ON DELETE CASCADE,
            version TEXT NOT NULL COLLATE NOCASE,
            number INTEGER NOT NULL,
            stage TEXT NOT NULL DEFAULT '' COLLATE NOCASE,
            archived INTEGER NOT NULL DEFAULT 0,
            run TEXT,
            job TEXT COLLATE NOCASE,
            place TEXT NOT NULL DEFAULT '',
            created INTEGER NOT NULL,
            updated INTEGER NOT NULL,
            entity TEXT NOT NULL,
            UNIQUE (model, version),
            UNIQUE (model, number)
        ) STRICT
        ;
CREATE TABLE models (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            name TEXT NOT NULL UNIQUE COLLATE NOCASE,
            description TEXT NOT NULL DEFAULT '',
            tags TEXT NOT NULL DEFAULT '{}',
            archived INTEGER NOT NULL DEFAULT 0,
            last_number INTEGER NOT NULL DEFAULT 0,
            created INTEGER NOT NULL,
            updated INTEGER NOT NULL
        ) STRICT
        ;
CREATE TABLE nodes (
            name TEXT PRIMARY KEY,
            compute TEXT NOT NULL COLLATE NOCASE,
            created TEXT NOT NULL,
            job TEXT COLLATE NOCASE,
            leaving INTEGER NOT NULL DEFAULT 0
        ) STRICT
        ;
CREATE TABLE secrets (
            name TEXT PRIMARY KEY COLLATE NOCASE,
            entity TEXT NOT NULL
        ) STRICT
        ;
INSERT INTO "secrets" VALUES('my-key','{"name":"my-key","created":"2026-11-20T12:00:00Z"}');
CREATE INDEX jobs_by_status ON jobs (status, id);
CREATE INDEX jobs_by_experiment ON jobs (experiment, id);
CREATE INDEX job_states_by_job ON job_states (job, seq);
CREATE INDEX jobs_by_archived ON jobs (archived, id);
CREATE INDEX jobs_to_cancel ON jobs (id) WHERE cancel_requested;
CREATE INDEX jobs_in_queue ON jobs (status, compute, priority DESC, id);
CREATE INDEX job_tags_by_name ON job_tags (name, value, job);
CREATE INDEX jobs_by_fingerprint ON jobs (fingerprint, id) WHERE fingerprint <> '';
CREATE INDEX data_labels_by_asset ON data_labels (asset);
CREATE INDEX data_reads_by_job ON data_reads (job);
CREATE INDEX model_versions_by_job ON model_versions (job) WHERE job IS NOT NULL;
CREATE INDEX model_aliases_by_version ON model_aliases (version);
CREATE INDEX model_files_by_hash ON model_files (hash);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('jobs',4);
INSERT INTO "sqlite_sequence" VALUES('job_states',13);
INSERT INTO "sqlite_sequence" VALUES('data_assets',1);
PRAGMA user_version = 11;
COMMIT;
