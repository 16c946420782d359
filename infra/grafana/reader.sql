-- Makes the role batchxai_reader, which reads the views (src/BatchXai.Coordinator/Data/README.md) and nothing else, or brings it up to date. Run it as the owner of
-- the tables, who may make roles, after every migration: a view that is made anew has lost its grants.
--   PGOPTIONS='-c batchxai.reader_password=…' psql --set=ON_ERROR_STOP=1 --file=infra/grafana/reader.sql "host=… dbname=batchxai user=batchxai"
DO $$
DECLARE
    made record;
BEGIN
    IF coalesce(current_setting('batchxai.reader_password', true), '') = '' THEN
        RAISE EXCEPTION 'No password for batchxai_reader: give it by PGOPTIONS, as the head of reader.sql says.';
    END IF;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'batchxai_reader') THEN
        CREATE ROLE batchxai_reader;
    END IF;
    EXECUTE format('ALTER ROLE batchxai_reader LOGIN CONNECTION LIMIT 20 PASSWORD %L', current_setting('batchxai.reader_password'));
    ALTER ROLE batchxai_reader SET default_transaction_read_only = on;
    ALTER ROLE batchxai_reader SET statement_timeout = '60s';
    FOR made IN SELECT viewname FROM pg_views WHERE schemaname = 'public' AND viewowner = current_user LOOP
        EXECUTE format('GRANT SELECT ON public.%I TO batchxai_reader', made.viewname);
    END LOOP;
END
$$;
