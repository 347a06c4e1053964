# Zhida's web server and worker; compose.yaml says how they are started.
FROM python:3.11-slim
WORKDIR /srv/zhida
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 OMP_NUM_THREADS=1 \
    DJANGO_SETTINGS_MODULE=cms.settings.production VAR_DIR=/srv/zhida/var
COPY requirements.txt requirements-semantic.txt ./
RUN pip install --no-cache-dir -r requirements.txt
# Where there is no wheel for the platform, the site goes by words alone.
RUN pip install --no-cache-dir --only-binary :all: -r requirements-semantic.txt || true
COPY . .
RUN useradd --create-home zhida && mkdir -p var && chown -R zhida var
USER zhida
CMD ["gunicorn", "--config", "python:cms.web", "cms.wsgi:application", "--bind", "0.0.0.0:8000"]
